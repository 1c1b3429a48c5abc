package dev.dise.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CsvTest {
    @Test
    void aLineIsAsRfc4180Says() {
        assertThat(Csv.names(List.of("id", "message"))).isEqualTo("id,message\r\n");
        assertThat(Csv.line(row("{\"a\": 1.50, \"b\": \"x, \\\"y\\\"\\nz\", \"c\": null, \"d\": \"\", \"e\": true}")))
                .isEqualTo("1.50,\"x, \"\"y\"\"\nz\",,\"\",true\r\n");
        assertThat(Csv.line(row("{\"a\": {\"k\": [1, \"=2\"]}, \"b\": \" c \"}")))
                .isEqualTo("\"{\"\"k\"\":[1,\"\"=2\"\"]}\",\" c \"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'quoted"})
    void aTextIsNoFormula(String text) {
        String line = Csv.line(Json.mapper().createObjectNode().put("a", text));
        assertThat(line).isEqualTo("'" + text + "\r\n");
    }

    @Test
    void aNumberStaysOne() {
        assertThat(Csv.line(row("{\"a\": -1.5, \"b\": -7}"))).isEqualTo("-1.5,-7\r\n");
    }

    private static ObjectNode row(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }
}
