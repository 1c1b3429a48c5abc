package dev.dise.gateway.otlp;

import dev.dise.gateway.logs.Bag;
import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.logs.PushSize;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads {@code AnyValue} and {@code KeyValue} in JSON. What is nested deeper than {@link PushSize#MAX_DEPTH} becomes the text
 * of its JSON.
 */
final class JsonValues {
    private final PushSize size;

    JsonValues(PushSize size) {
        this.size = size;
    }

    /** The value that a field has; null if it is left out. */
    @Nullable
    JsonNode value(JsonNode parent, String name) {
        JsonNode value = JsonFields.message(parent, name);
        return value == null ? null : value(value, 1);
    }

    /** The pairs that a field has. */
    ObjectNode pairs(JsonNode parent, String name) {
        return pairs(JsonFields.messages(parent, name), 1);
    }

    private JsonNode value(JsonNode value, int depth) {
        size.addValue();
        for (String name : value.propertyNames()) {
            JsonNode content = value.path(name);
            JsonNode read = content.isNull() ? null : content(name, content, depth);
            if (read != null) {
                return read;
            }
        }
        return NullNode.getInstance();
    }

    /** The content of the one field that an {@code AnyValue} has; null if it is another field. */
    private @Nullable JsonNode content(String name, JsonNode content, int depth) {
        return switch (name) {
            case "stringValue", "bytesValue" -> {
                JsonFields.require(content.isString(), name + " must be a string");
                yield content;
            }
            case "boolValue" -> {
                JsonFields.require(content.isBoolean(), name + " must be true or false");
                yield content;
            }
            case "intValue" -> LongNode.valueOf(JsonFields.wholeNumber(content, name));
            case "doubleValue" -> number(content);
            case "arrayValue" -> depth < PushSize.MAX_DEPTH ? array(content, depth) : text(content);
            case "kvlistValue" ->
                depth < PushSize.MAX_DEPTH ? pairs(JsonFields.messages(content, "values"), depth + 1) : text(content);
            default -> null;
        };
    }

    private JsonNode array(JsonNode content, int depth) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : JsonFields.messages(content, "values")) {
            values.add(value(element, depth + 1));
        }
        return values;
    }

    private ObjectNode pairs(Iterable<JsonNode> elements, int depth) {
        Bag pairs = new Bag();
        for (JsonNode pair : elements) {
            JsonNode value = JsonFields.message(pair, "value");
            pairs.put(JsonFields.text(pair, "key"), value == null ? NullNode.getInstance() : value(value, depth));
        }
        return pairs.object();
    }

    /** The words for what is not finite are those of Java. */
    private static JsonNode number(JsonNode content) {
        JsonFields.require(content.isNumber() || content.isString(), "doubleValue must be a number");
        try {
            return Doubles.node(Double.parseDouble(content.asString()));
        } catch (NumberFormatException e) {
            throw PushRefusal.malformed("doubleValue must be a number");
        }
    }

    private static JsonNode text(JsonNode content) {
        return StringNode.valueOf(content.toString());
    }
}
