package dev.dise.operations.tail;

import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What of all that passes is shown; what cannot be read is shown as long as no filter asks what it does not say.
 *
 * @param types only these; all if there are none
 * @param levels words of levels and severities; all if there are none
 * @param text only what has it in a value, whatever its case
 */
public record TailFilter(
        Set<EventType> types,
        Set<String> levels,
        @Nullable String tool,
        @Nullable String subject,
        @Nullable String runId,
        @Nullable String text) {

    public TailFilter {
        types = Set.copyOf(types);
        levels = Set.copyOf(levels);
        text = text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** Whether it is to be shown. */
    public boolean takes(Passing passing) {
        Envelope envelope = passing.envelope();
        return (types.isEmpty() || (envelope != null && types.contains(envelope.type())))
                && (levels.isEmpty() || levels.contains(passing.level()))
                && (tool == null || isOf(tool, passing))
                && (subject == null || subject.equals(passing.subject()))
                && (runId == null || (envelope != null && runId.equals(envelope.runId())))
                && (text == null || says(text, passing));
    }

    /** By what the data say, or by the subject where that is a tool. */
    private static boolean isOf(String tool, Passing passing) {
        Envelope envelope = passing.envelope();
        boolean isAboutTools =
                envelope != null && envelope.type().subjectField().endsWith("tool_id");
        return tool.equals(passing.field("tool_id")) || (isAboutTools && tool.equals(passing.subject()));
    }

    private static boolean says(String text, Passing passing) {
        JsonNode data = passing.data();
        return data == null ? passing.raw().toLowerCase(Locale.ROOT).contains(text) : isIn(data, text);
    }

    private static boolean isIn(JsonNode node, String text) {
        if (node.isContainer()) {
            return node.valueStream().anyMatch(child -> isIn(child, text));
        }
        return node.asString("").toLowerCase(Locale.ROOT).contains(text);
    }
}
