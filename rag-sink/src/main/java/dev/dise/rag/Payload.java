package dev.dise.rag;

import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;

import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a point says beside its vectors: the 20 keys that DiSE's own search reads, with its types and defaults (a number
 * that is none never loses the artifact), and the keys that explain the point: chunk, event, time, source and model. The
 * point of the first chunk has the whole content and the metadata; those of the others have their part of the text.
 */
final class Payload {
    private static final List<String> TIERS = List.of("speed_tier", "cost_tier", "max_output_length");

    private Payload() {}

    static Map<String, Value> of(ArtifactChange change, Artifact artifact, Chunk chunk, String model) {
        DecodedEvent event = change.delivery().content();
        ObjectNode data = event.data();
        JsonNode metadata = data.path("metadata");
        Map<String, Value> payload = new LinkedHashMap<>();
        payload.put("artifact_id", value(artifact.id()));
        payload.put("artifact_type", value(artifact.type().wireName()));
        payload.put("name", value(artifact.name()));
        payload.put("description", value(artifact.description()));
        payload.put("content", value(chunk.isFirst() ? artifact.content() : chunk.text()));
        payload.put("tags", tags(data));
        payload.put("quality_score", value(number(data.path("quality_score"), 0)));
        payload.put("created_at", value(createdAt(event)));
        payload.put(
                "metadata", QdrantValues.from(metadata.isObject() && chunk.isFirst() ? metadata : data.objectNode()));
        lift(payload, metadata, data);
        place(payload, change, chunk);
        explain(payload, change, model);
        return payload;
    }

    private static void lift(Map<String, Value> payload, JsonNode metadata, ObjectNode data) {
        TIERS.forEach(tier -> payload.put(tier, value(text(metadata.path(tier), "medium"))));
        payload.put("quality_tier", value(text(metadata.path("quality_tier"), "good")));
        payload.put("latency_ms", value(number(metadata.path("latency_ms"), 0)));
        payload.put("memory_mb_peak", value(number(metadata.path("memory_mb_peak"), 0)));
        long successes = (long) number(metadata.path("success_count"), 0);
        long runs = (long) number(metadata.path("total_runs"), 0);
        payload.put("success_count", value(successes));
        payload.put("total_runs", value(runs));
        payload.put("success_rate", value((double) successes / Math.max(runs, 1)));
        payload.put("is_tool", value(metadata.path("is_tool").asBoolean(false)));
        payload.put("tool_id", value(text(data.path("tool_id"), text(metadata.path("tool_id"), ""))));
    }

    private static void place(Map<String, Value> payload, ArtifactChange change, Chunk chunk) {
        payload.put("parent_id", value(change.artifact().toString()));
        payload.put("chunk_index", value(chunk.index()));
        payload.put("chunk_count", value(chunk.count()));
        payload.put("chunk_start", value(chunk.start()));
        payload.put("chunk_end", value(chunk.end()));
    }

    private static void explain(Map<String, Value> payload, ArtifactChange change, String model) {
        Delivery<DecodedEvent> delivery = change.delivery();
        SourceRecord record = delivery.record();
        payload.put("event_id", value(delivery.content().envelope().id()));
        payload.put("event_time", value(EnvelopeHeaders.formatTime(change.time())));
        payload.put("source_topic", value(record.partition().topic()));
        payload.put("source_partition", value(record.partition().number()));
        payload.put("source_offset", value(record.offset()));
        payload.put("embedding_model", value(model));
        @Nullable String runId = delivery.content().envelope().runId();
        if (runId != null) {
            payload.put("run_id", value(runId));
        }
    }

    private static Value tags(ObjectNode data) {
        return list(data.path("tags")
                .valueStream()
                .map(tag -> value(tag.asString("")))
                .distinct()
                .toList());
    }

    private static String createdAt(DecodedEvent event) {
        String time = EnvelopeHeaders.formatTime(event.envelope().time());
        return text(event.data().path("created_at"), time);
    }

    private static String text(JsonNode value, String fallback) {
        return value.isString() ? Objects.requireNonNull(value.stringValue()) : fallback;
    }

    private static double number(JsonNode value, double fallback) {
        OptionalDouble number = value.asDoubleOpt();
        return number.isPresent() && Double.isFinite(number.getAsDouble()) ? number.getAsDouble() : fallback;
    }
}
