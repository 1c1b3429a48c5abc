package dev.dise.cli.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFileTest {
    @Test
    void aLineIsAQueryAsTextOrAsJson() {
        assertThat(QueryFile.parse(List.of(
                        " parse a file ", "", "{\"text\": \"sort \\\"it\\\"\", \"id\": 7}", "{\"query\": \"third\"}")))
                .containsExactly("parse a file", "sort \"it\"", "third");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\": 7}", "{}", "{\"text\": \"no end"})
    void aLineThatIsNeitherIsRefused(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueryFile.parse(List.of(line)))
                .withMessageContaining("a line of the queries");
    }
}
