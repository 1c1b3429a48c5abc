package dev.dise.cli.terminal;

/** Texts of strangers, made safe for a terminal: nothing in them can move the cursor, change colours or turn the line. */
public final class Printable {
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /** The text with what is not to be seen written as its code, {@code \x1b} or {@code \\u202e}. */
    public static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isVisible(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(c < 0x100 ? String.format("\\x%02x", c) : String.format("\\u%04x", c));
            }
        });
        return safe.toString();
    }

    /** Its first line that has something in it, at most that long, made safe. */
    public static String headline(String text, int longest) {
        String line = text.lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        int end = Math.min(longest, line.length());
        return line.length() <= longest ? text(line) : text(line.substring(0, end - 1)) + "…";
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
