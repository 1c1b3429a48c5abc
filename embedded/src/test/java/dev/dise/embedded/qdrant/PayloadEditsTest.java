package dev.dise.embedded.qdrant;

import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.nullValue;
import static io.qdrant.client.ValueFactory.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadEditsTest {

    private static final Map<String, Value> PAYLOAD = Map.of(
            "tool", value("a"),
            "runs", list(List.of(run(1), run(2))),
            "tags", list(List.of(value("red"), value("blue"))));

    @Test
    void setsFieldsAndTakesAwayThoseThatAreNull() {
        assertThat(PayloadEdits.merged(PAYLOAD, Map.of("tool", value("b"), "tags", nullValue(), "n", value(1))))
                .isEqualTo(Map.of("tool", value("b"), "runs", PAYLOAD.get("runs"), "n", value(1)));
    }

    @Test
    void setsFieldsOfEachOrOneObjectOfAnArray() {
        Map<String, Value> done = Map.of("done", value(true));
        Value finished = value(Map.of("n", value(1), "done", value(true)));
        assertThat(PayloadEdits.mergedAt(PAYLOAD, PayloadPath.parse("runs[0]"), done))
                .containsEntry("runs", list(List.of(finished, run(2))))
                .containsEntry("tool", value("a"));
        assertThat(PayloadEdits.mergedAt(PAYLOAD, PayloadPath.parse("runs[]"), done))
                .hasEntrySatisfying(
                        "runs",
                        runs -> assertThat(runs.getListValue().getValuesList())
                                .allMatch(run -> run.getStructValue().containsFields("done")));
    }

    @Test
    void makesTheObjectThatIsNotThere() {
        assertThat(PayloadEdits.mergedAt(Map.of(), PayloadPath.parse("a.b"), Map.of("n", value(1))))
                .isEqualTo(Map.of("a", value(Map.of("b", run(1)))));
    }

    @Test
    void takesAwayFieldsAndElements() {
        List<PayloadPath> paths = List.of(
                PayloadPath.parse("tool"),
                PayloadPath.parse("runs[1].n"),
                PayloadPath.parse("tags[0]"),
                PayloadPath.parse("absent.n"));
        assertThat(PayloadEdits.without(PAYLOAD, paths))
                .isEqualTo(
                        Map.of("runs", list(List.of(run(1), value(Map.of()))), "tags", list(List.of(value("blue")))));
    }

    private static Value run(long number) {
        return value(Map.of("n", value(number)));
    }
}
