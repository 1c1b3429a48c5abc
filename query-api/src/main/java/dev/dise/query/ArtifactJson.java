package dev.dise.query;

import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The payload of a point as JSON: the keys of an artifact in a fixed order, null where the point has none. */
final class ArtifactJson {
    static final String ID = "artifact_id";
    static final String TYPE = "artifact_type";
    static final String TAGS = "tags";
    static final String RUN_ID = "run_id";
    static final String TOOL = "tool_id";
    static final String QUALITY = "quality_score";
    static final String EVENT_ID = "event_id";
    static final String TIME = "event_time";
    static final String CHUNK = "chunk_index";

    /** What an artifact is told with; other keys of the payload serve the store alone. */
    static final List<String> KEYS = List.of(
            ID,
            TYPE,
            "name",
            "description",
            "content",
            TAGS,
            QUALITY,
            TOOL,
            "created_at",
            "metadata",
            RUN_ID,
            EVENT_ID,
            TIME,
            "embedding_model",
            "source_topic",
            "source_partition",
            "source_offset");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ArtifactJson() {}

    static ObjectNode of(Map<String, Value> payload) {
        return into(NODES.objectNode(), payload);
    }

    static ObjectNode into(ObjectNode artifact, Map<String, Value> payload) {
        KEYS.forEach(key -> artifact.set(key, node(payload.getOrDefault(key, Value.getDefaultInstance()))));
        return artifact;
    }

    static JsonNode node(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> NODES.nullNode();
            case DOUBLE_VALUE -> NODES.numberNode(value.getDoubleValue());
            case INTEGER_VALUE -> NODES.numberNode(value.getIntegerValue());
            case STRING_VALUE -> NODES.stringNode(value.getStringValue());
            case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
            case STRUCT_VALUE -> object(value.getStructValue().getFieldsMap());
            case LIST_VALUE -> array(value.getListValue().getValuesList());
        };
    }

    private static ObjectNode object(Map<String, Value> fields) {
        ObjectNode object = NODES.objectNode();
        fields.forEach((name, field) -> object.set(name, node(field)));
        return object;
    }

    private static ArrayNode array(List<Value> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }
}
