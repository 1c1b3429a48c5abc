package dev.dise.cli.tail;

import dev.dise.cli.terminal.Printable;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A line for people: time, type, subject, level, and the beginning of what it says. */
final class PlainView implements TailView {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_TEXT = 200;
    private static final String RESET = "\u001b[0m";

    private final boolean colours;

    PlainView(boolean colours) {
        this.colours = colours;
    }

    @Override
    public String line(Passing passing) {
        Envelope envelope = passing.envelope();
        String type = envelope == null ? "?" : envelope.type().wireName();
        return coloured("2", time(passing.time()))
                + "  " + coloured("36", String.format("%-14s", type))
                + "  " + String.format("%-20s", Printable.headline(passing.subject(), LONGEST_NAME))
                + "  " + level(passing.level())
                + "  " + text(passing);
    }

    private static String time(Instant time) {
        return String.format("%-24s", time.truncatedTo(ChronoUnit.MILLIS));
    }

    private String level(String level) {
        String shown = String.format("%-8s", Printable.headline(level, LONGEST_NAME));
        return switch (level) {
            case "error", "critical", "high" -> coloured("31", shown);
            case "warning", "medium" -> coloured("33", shown);
            case "debug" -> coloured("2", shown);
            default -> shown;
        };
    }

    private String text(Passing passing) {
        String reason = passing.header(DeadLetterHeaders.REASON);
        if (reason != null) {
            String refused = reason + " at " + orNothing(passing.header(DeadLetterHeaders.STAGE)) + ": "
                    + orNothing(passing.header(DeadLetterHeaders.MESSAGE));
            return coloured("31", Printable.headline(refused, LONGEST_TEXT));
        }
        if (!passing.fault().isEmpty()) {
            String undecodable =
                    "undecodable, " + passing.fault() + ": " + passing.raw().strip();
            return coloured("31", Printable.headline(undecodable, LONGEST_TEXT));
        }
        return Printable.headline(says(passing), LONGEST_TEXT);
    }

    private static String says(Passing passing) {
        EventType type = Objects.requireNonNull(passing.envelope()).type();
        return switch (type) {
            case PERF_DATA ->
                passing.field("metric_name") + " = " + passing.field("metric_value") + " " + passing.field("unit");
            case ANCESTRY -> passing.field("relationship_type") + " " + passing.field("parent_tool_id");
            case CONVERSATION -> passing.field("role") + ": " + passing.field("content");
            case DEBUG_DATA -> first(passing, "error", "context_name", "context_type") + " " + passing.field("status");
            case DELETION -> "removes the " + passing.field("target_type") + " " + passing.field("target_id");
            default -> first(passing, "message", "error_message", "name", "tool_name", "content");
        };
    }

    private static String first(Passing passing, String... fields) {
        return Stream.of(fields)
                .map(passing::field)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
