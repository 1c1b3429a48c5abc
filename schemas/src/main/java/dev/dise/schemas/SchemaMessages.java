package dev.dise.schemas;

import com.networknt.schema.Error;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says what the schema validator found in this project's words. */
final class SchemaMessages {
    private SchemaMessages() {}

    static Violation violation(Error error) {
        String path = error.getInstanceLocation().toString();
        return switch (error.getKeyword()) {
            case "required" -> new Violation(path + "/" + error.getProperty(), "is required", null);
            case "additionalProperties" ->
                new Violation(path + "/" + error.getProperty(), "is not a field of this type", null);
            case "enum" -> new Violation(path, "must be one of " + allowed(error.getSchemaNode()), shown(error));
            case "type" -> new Violation(path, "must be " + type(error.getSchemaNode()), shown(error));
            case "format" -> new Violation(path, "must be an RFC 3339 time such as 2026-01-31T08:15:00Z", shown(error));
            case "minLength" -> new Violation(path, "must not be empty", null);
            case "maxLength" -> new Violation(path, "must have at most " + limit(error) + " characters", null);
            case "minimum" -> new Violation(path, "must be at least " + limit(error), shown(error));
            case "maxItems", "maxProperties" ->
                new Violation(path, "must have at most " + limit(error) + " entries", null);
            case "minProperties" -> new Violation(path, "must not be empty", null);
            default -> new Violation(path, error.getMessage(), null);
        };
    }

    private static String limit(Error error) {
        return error.getSchemaNode().asString();
    }

    private static String allowed(JsonNode values) {
        return values.valueStream()
                .filter(value -> !value.isNull())
                .map(JsonNode::asString)
                .collect(Collectors.joining(", "));
    }

    private static String type(JsonNode types) {
        return types.isString()
                ? types.stringValue()
                : types.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "));
    }

    private static @Nullable String shown(Error error) {
        JsonNode value = error.getInstanceNode();
        if (value == null || value.isContainer()) {
            return null;
        }
        return value.asString();
    }
}
