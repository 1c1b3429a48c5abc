package dev.dise.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The text of one line of a log. */
record LogText(long number, String text, boolean isCut, boolean isRepaired) {
    private static final char REPLACEMENT = '\uFFFD';

    /** Decodes a line; what is not UTF-8, and NUL, becomes the replacement character. */
    static LogText of(InputLine line) {
        byte[] bytes = line.number() == 1 ? ByteOrderMark.strip(line.bytes()) : line.bytes();
        byte[] whole = line.isCut() ? Arrays.copyOf(bytes, endOfLastCharacter(bytes)) : bytes;
        String decoded = new String(whole, UTF_8).replace('\0', REPLACEMENT);
        boolean repaired = decoded.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(decoded.getBytes(UTF_8), whole);
        String text = line.isCut() ? decoded + " …[cut: the line has " + line.length() + " bytes]" : decoded;
        return new LogText(line.number(), text, line.isCut(), repaired);
    }

    boolean isBlank() {
        return text.isBlank();
    }

    /** Where the last character ends that is whole, so that cutting adds no broken one. */
    private static int endOfLastCharacter(byte[] bytes) {
        int start = bytes.length;
        while (start > 0 && bytes.length - start < 4) {
            byte b = bytes[--start];
            if ((b & 0xC0) != 0x80) {
                return start + width(b) <= bytes.length ? bytes.length : start;
            }
        }
        return bytes.length;
    }

    private static int width(byte lead) {
        if ((lead & 0xE0) == 0xC0) {
            return 2;
        }
        if ((lead & 0xF0) == 0xE0) {
            return 3;
        }
        return (lead & 0xF8) == 0xF0 ? 4 : 1;
    }
}
