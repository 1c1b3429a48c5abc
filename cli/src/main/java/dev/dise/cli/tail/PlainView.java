package dev.dise.cli.tail;

import dev.dise.cli.terminal.Printable;
import dev.dise.operations.tail.Passing;
import dev.dise.schemas.Envelope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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
        String says = Printable.headline(passing.says(), LONGEST_TEXT);
        return passing.isSound() ? says : coloured("31", says);
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
