package dev.dise.rag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.JsonWithInt.Value.KindCase;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private static final String PLAIN = "{\"artifact_id\":\"p\",\"name\":\"n\",\"content\":\"c\"}";

    @Test
    void anArtifactWithNothingOptionalHasTheTwentyKeysWithTheirDefaults() {
        Map<String, Value> payload = payload(PLAIN);
        assertTexts(
                payload,
                Map.ofEntries(
                        Map.entry("artifact_id", "p"),
                        Map.entry("artifact_type", "plan"),
                        Map.entry("name", "n"),
                        Map.entry("description", ""),
                        Map.entry("content", "c"),
                        Map.entry("created_at", "2026-01-31T12:00:00.000000Z"),
                        Map.entry("speed_tier", "medium"),
                        Map.entry("cost_tier", "medium"),
                        Map.entry("max_output_length", "medium"),
                        Map.entry("quality_tier", "good"),
                        Map.entry("tool_id", "")));
        assertDoubles(
                payload, Map.of("quality_score", 0.0, "latency_ms", 0.0, "memory_mb_peak", 0.0, "success_rate", 0.0));
        assertWholes(payload, Map.of("success_count", 0L, "total_runs", 0L));
        assertThat(payload.get("is_tool")).isEqualTo(flag(false));
        assertThat(payload.get("tags")).extracting(Value::getKindCase).isEqualTo(KindCase.LIST_VALUE);
        assertThat(payload.get("metadata")).extracting(Value::getKindCase).isEqualTo(KindCase.STRUCT_VALUE);
    }

    @Test
    void whatMetadataSaysIsLifted() {
        Map<String, Value> payload =
                payload("{\"artifact_id\":\"p\",\"name\":\"n\",\"content\":\"c\",\"description\":\"d\","
                        + "\"tags\":[\"a\",\"b\",\"a\"],\"quality_score\":0.75,\"created_at\":\"2025-01-01T00:00:00Z\","
                        + "\"metadata\":{\"speed_tier\":\"fast\",\"cost_tier\":\"low\",\"quality_tier\":\"best\","
                        + "\"max_output_length\":\"long\",\"latency_ms\":12.5,\"memory_mb_peak\":7,\"success_count\":3,"
                        + "\"total_runs\":4,\"is_tool\":true,\"tool_id\":\"from metadata\",\"bugs\":[{\"id\":1}]}}");
        assertTexts(
                payload,
                Map.of(
                        "description",
                        "d",
                        "created_at",
                        "2025-01-01T00:00:00Z",
                        "speed_tier",
                        "fast",
                        "cost_tier",
                        "low",
                        "quality_tier",
                        "best",
                        "max_output_length",
                        "long",
                        "tool_id",
                        "from metadata"));
        assertDoubles(
                payload,
                Map.of("quality_score", 0.75, "latency_ms", 12.5, "memory_mb_peak", 7.0, "success_rate", 0.75));
        assertWholes(payload, Map.of("success_count", 3L, "total_runs", 4L));
        assertThat(payload.get("is_tool")).isEqualTo(flag(true));
        assertThat(payload.get("tags"))
                .extracting(tags -> tags.getListValue().getValuesCount())
                .isEqualTo(2);
        assertThat(payload.get("metadata"))
                .extracting(metadata -> metadata.getStructValue().getFieldsMap().keySet())
                .asInstanceOf(InstanceOfAssertFactories.collection(String.class))
                .contains("bugs", "latency_ms");
    }

    @Test
    void theToolOfTheDataWinsOverTheMetadatas() {
        assertTexts(
                payload("{\"artifact_id\":\"p\",\"name\":\"n\",\"content\":\"c\",\"tool_id\":\"t\","
                        + "\"metadata\":{\"tool_id\":\"other\"}}"),
                Map.of("tool_id", "t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"fast\"", "null", "[]", "{}", "true", "\"NaN\"", "1e399"})
    void aNumberThatIsNoneDoesNotLoseTheArtifact(String odd) {
        Map<String, Value> payload = payload("{\"artifact_id\":\"p\",\"name\":\"n\",\"content\":\"c\",\"metadata\":"
                + "{\"latency_ms\":" + odd + ",\"success_count\":" + odd + ",\"total_runs\":" + odd + "}}");
        for (String key : new String[] {"latency_ms", "success_rate"}) {
            assertThat(payload.get(key)).satisfies(value -> {
                assertThat(value.getKindCase()).isEqualTo(KindCase.DOUBLE_VALUE);
                assertThat(value.getDoubleValue()).isFinite();
            });
        }
        assertThat(payload.get("total_runs")).extracting(Value::getKindCase).isEqualTo(KindCase.INTEGER_VALUE);
    }

    @Test
    void thePointExplainsItself() {
        assertTexts(
                payload(PLAIN),
                Map.of(
                        "event_id",
                        "e",
                        "event_time",
                        "2026-01-31T12:00:00.000000Z",
                        "source_topic",
                        "dise.rag",
                        "embedding_model",
                        "model",
                        "run_id",
                        "run-1"));
        assertWholes(payload(PLAIN), Map.of("source_partition", 2L, "source_offset", 0L));
    }

    private static Map<String, Value> payload(String data) {
        Envelope envelope = Envelope.of(
                        "e", EventType.PLAN, "urn:dise:test", "p", Instant.parse("2026-01-31T12:00:00Z"))
                .withRunId("run-1");
        Delivery<DecodedEvent> delivery =
                new EventDeliveries(new Partition("dise.rag", 2)).next(new Event(envelope, data.getBytes(UTF_8)));
        ArtifactChange change = ArtifactChange.of(delivery);
        Artifact artifact = Artifact.from(delivery.content());
        return Payload.of(change, artifact, Chunks.of(artifact).get(0), "model");
    }

    private static void assertTexts(Map<String, Value> payload, Map<String, String> expected) {
        expected.forEach((key, text) -> assertThat(payload.get(key))
                .as(key)
                .isEqualTo(Value.newBuilder().setStringValue(text).build()));
    }

    private static void assertDoubles(Map<String, Value> payload, Map<String, Double> expected) {
        expected.forEach((key, figure) -> assertThat(payload.get(key))
                .as(key)
                .isEqualTo(Value.newBuilder().setDoubleValue(figure).build()));
    }

    private static void assertWholes(Map<String, Value> payload, Map<String, Long> expected) {
        expected.forEach((key, figure) -> assertThat(payload.get(key))
                .as(key)
                .isEqualTo(Value.newBuilder().setIntegerValue(figure).build()));
    }

    private static Value flag(boolean set) {
        return Value.newBuilder().setBoolValue(set).build();
    }
}
