package dev.dise.gateway.loki;

import dev.dise.gateway.logs.Bag;
import dev.dise.gateway.logs.PushJson;
import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.InvalidEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a push in JSON: {@code {"streams":[{"stream":{"label":"value"},"values":[["<ns>","line",{"name":"value"}]]}]}}.
 * Other members are passed over.
 */
final class LokiJson {
    private final PushSize size = new PushSize();
    private final List<LokiEntry> entries = new ArrayList<>();

    private LokiJson() {}

    /**
     * The entries in their order.
     *
     * @throws InvalidEventException if the body is no push
     */
    static List<LokiEntry> read(byte[] body) {
        LokiJson reader = new LokiJson();
        elements(PushJson.parse(body).path("streams"), "/streams").forEach(reader::addStream);
        return reader.entries;
    }

    private void addStream(JsonNode stream) {
        require(stream.isObject(), "/streams must have objects");
        ObjectNode labels = texts(stream.path("stream"), "/streams/stream");
        elements(stream.path("values"), "/streams/values").forEach(value -> addEntry(labels, value));
    }

    private void addEntry(ObjectNode labels, JsonNode value) {
        size.addLine();
        require(
                value.isArray()
                        && (value.size() == 2 || value.size() == 3)
                        && value.path(1).isString(),
                "/streams/values must have arrays of a time, a line and maybe metadata");
        ObjectNode metadata = texts(value.path(2), "/streams/values/2");
        entries.add(new LokiEntry(labels, time(value.path(0)), value.path(1).stringValue(), null, metadata));
    }

    private ObjectNode texts(JsonNode object, String path) {
        Bag bag = new Bag();
        if (!isLeftOut(object)) {
            require(object.isObject(), path + " must be an object");
            object.forEachEntry((name, value) -> {
                size.addValue();
                require(value.isValueNode(), path + " must have strings");
                bag.put(name, value.asString());
            });
        }
        return bag.object();
    }

    /** Loki takes a string; a number is what people write by hand. */
    private static @Nullable Instant time(JsonNode nanos) {
        require(nanos.isString() || nanos.isIntegralNumber(), "a time must be nanoseconds since 1970 in a string");
        try {
            long value = Long.parseLong(nanos.asString());
            return value == 0 ? null : Instant.ofEpochSecond(0, value);
        } catch (NumberFormatException e) {
            throw PushRefusal.malformed("a time must be nanoseconds since 1970 in a string");
        }
    }

    private static Iterable<JsonNode> elements(JsonNode array, String path) {
        if (isLeftOut(array)) {
            return List.of();
        }
        require(array.isArray(), path + " must be an array");
        return array;
    }

    private static boolean isLeftOut(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw PushRefusal.malformed(rule);
        }
    }
}
