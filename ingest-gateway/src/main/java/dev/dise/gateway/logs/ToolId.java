package dev.dise.gateway.logs;

import dev.dise.schemas.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the tool that a line is of. */
public final class ToolId {
    /** The tool of lines that name none. */
    public static final String UNKNOWN = "unknown";

    private ToolId() {}

    /** The value of the first of the names that has one which can be an id; null if none has. */
    public static @Nullable String in(ObjectNode values, List<String> names) {
        for (String name : names) {
            JsonNode value = values.get(name);
            if (value != null && value.isString() && canBe(value.stringValue())) {
                return value.stringValue();
            }
        }
        return null;
    }

    /** Whether an event can have it as its subject: not blank, not too long, and text that has bytes. */
    private static boolean canBe(String value) {
        return !value.isBlank()
                && value.length() <= Envelope.MAX_SUBJECT
                && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }
}
