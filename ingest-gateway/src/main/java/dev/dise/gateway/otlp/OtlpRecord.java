package dev.dise.gateway.otlp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log record while it is being decoded: its fields may come in any order, and those of its resource and scope even after
 * it. Zero and empty mean what they mean in protobuf: not there.
 */
final class OtlpRecord {
    final ObjectNode resource;
    final ObjectNode scope;
    /** Nanoseconds since 1970, unsigned. */
    long time;
    /** Nanoseconds since 1970, unsigned. */
    long observedTime;

    int severityNumber;
    String severityText = "";
    String eventName = "";

    @Nullable
    JsonNode body;

    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    long droppedAttributes;
    int flags;
    /** In hex. */
    String traceId = "";
    /** In hex. */
    String spanId = "";

    OtlpRecord(ObjectNode resource, ObjectNode scope) {
        this.resource = resource;
        this.scope = scope;
    }
}
