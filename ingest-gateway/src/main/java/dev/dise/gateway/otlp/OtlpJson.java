package dev.dise.gateway.otlp;

import dev.dise.gateway.logs.PushJson;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code ExportLogsServiceRequest} in JSON: protobuf's mapping, but with ids in hex and enums as numbers. Unknown
 * fields are passed over.
 */
final class OtlpJson {
    private final PushSize size = new PushSize();
    private final JsonValues values = new JsonValues(size);
    private final List<OtlpRecord> records = new ArrayList<>();

    private OtlpJson() {}

    /**
     * The records in their order.
     *
     * @throws InvalidEventException if the body is no such request
     */
    static List<OtlpRecord> read(byte[] body) {
        OtlpJson reader = new OtlpJson();
        for (JsonNode logs : JsonFields.messages(PushJson.parse(body), "resourceLogs")) {
            ObjectNode resource = reader.resource(logs);
            for (JsonNode scopeLogs : JsonFields.messages(logs, "scopeLogs")) {
                reader.addAll(scopeLogs, resource);
            }
        }
        return reader.records;
    }

    private void addAll(JsonNode scopeLogs, ObjectNode resource) {
        ObjectNode scope = scope(scopeLogs);
        for (JsonNode record : JsonFields.messages(scopeLogs, "logRecords")) {
            size.addLine();
            records.add(record(record, new OtlpRecord(resource, scope)));
        }
    }

    private ObjectNode resource(JsonNode logs) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        @Nullable JsonNode from = JsonFields.message(logs, "resource");
        if (from != null) {
            resource.set(Names.ATTRIBUTES, values.pairs(from, "attributes"));
            putCount(resource, from);
        }
        putText(resource, Names.SCHEMA_URL, logs, "schemaUrl");
        return resource;
    }

    private ObjectNode scope(JsonNode logs) {
        ObjectNode scope = JsonNodeFactory.instance.objectNode();
        @Nullable JsonNode from = JsonFields.message(logs, "scope");
        if (from != null) {
            putText(scope, Names.NAME, from, "name");
            putText(scope, Names.VERSION, from, "version");
            ObjectNode attributes = values.pairs(from, "attributes");
            if (!attributes.isEmpty()) {
                scope.set(Names.ATTRIBUTES, attributes);
            }
            putCount(scope, from);
        }
        putText(scope, Names.SCHEMA_URL, logs, "schemaUrl");
        return scope;
    }

    private OtlpRecord record(JsonNode from, OtlpRecord record) {
        record.time = JsonFields.integer(from, "timeUnixNano");
        record.observedTime = JsonFields.integer(from, "observedTimeUnixNano");
        record.severityNumber = (int) JsonFields.integer(from, "severityNumber");
        record.severityText = JsonFields.text(from, "severityText");
        record.eventName = JsonFields.text(from, "eventName");
        record.body = values.value(from, "body");
        record.attributes = values.pairs(from, "attributes");
        record.droppedAttributes = JsonFields.integer(from, "droppedAttributesCount");
        record.flags = (int) JsonFields.integer(from, "flags");
        record.traceId = JsonFields.text(from, "traceId").toLowerCase(Locale.ROOT);
        record.spanId = JsonFields.text(from, "spanId").toLowerCase(Locale.ROOT);
        return record;
    }

    private static void putText(ObjectNode into, String name, JsonNode from, String field) {
        String text = JsonFields.text(from, field);
        if (!text.isEmpty()) {
            into.put(name, text);
        }
    }

    private static void putCount(ObjectNode into, JsonNode from) {
        long count = JsonFields.integer(from, "droppedAttributesCount");
        if (count != 0) {
            into.put(Names.DROPPED_ATTRIBUTES, count);
        }
    }
}
