package dev.dise.gateway.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.gateway.logs.Bag;
import dev.dise.gateway.logs.PushRefusal;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.InvalidEventException;
import java.io.ByteArrayOutputStream;

/**
 * Reads labels as Prometheus writes them: {@code {job="a", "a.b"="c\n"}}. A value is a string of Go, in quotes with escapes
 * or in backquotes without; so is a name that is not of letters, digits and underscores.
 */
final class LabelText {
    private static final String PLAIN_ESCAPES = "abfnrtv\\'\"";
    private static final String PLAIN_ESCAPED = "\u0007\b\f\n\r\t\u000b\\'\"";

    private final String text;
    private int at;

    private LabelText(String text) {
        this.text = text;
    }

    /**
     * Adds the labels of the text.
     *
     * @throws InvalidEventException if it is none
     */
    static void read(String text, Bag labels, PushSize size) {
        LabelText reader = new LabelText(text);
        reader.expect('{');
        while (!reader.takes('}')) {
            size.addValue();
            String name = reader.name();
            reader.expect('=');
            labels.put(name, reader.quoted());
            if (!reader.takes(',')) {
                reader.expect('}');
                break;
            }
        }
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.malformed("has something after its end");
        }
    }

    private String name() {
        skipSpace();
        if (at < text.length() && isQuote(text.charAt(at))) {
            return quoted();
        }
        int start = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed("must have a name");
        }
        return text.substring(start, at);
    }

    private String quoted() {
        skipSpace();
        char quote = next();
        if (!isQuote(quote)) {
            at--;
            throw malformed("must have a quoted value");
        }
        int end = quote == '`' ? text.indexOf('`', at) : -1;
        if (end >= 0) {
            String raw = text.substring(at, end);
            at = end + 1;
            return raw;
        }
        return escaped(quote);
    }

    /** Escapes can stand for single bytes, so the value is bytes until it is whole. */
    private String escaped(char quote) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int start = at;
        for (char c = next(); c != quote; c = next()) {
            if (c == '\\') {
                bytes.writeBytes(text.substring(start, at - 1).getBytes(UTF_8));
                addEscape(bytes);
                start = at;
            }
        }
        bytes.writeBytes(text.substring(start, at - 1).getBytes(UTF_8));
        return bytes.toString(UTF_8);
    }

    private void addEscape(ByteArrayOutputStream bytes) {
        char c = next();
        int plain = PLAIN_ESCAPES.indexOf(c);
        if (plain >= 0) {
            bytes.write(PLAIN_ESCAPED.charAt(plain));
            return;
        }
        switch (c) {
            case 'x' -> bytes.write(digits(2, 16));
            case 'u' -> bytes.writeBytes(character(digits(4, 16)));
            case 'U' -> bytes.writeBytes(character(digits(8, 16)));
            case '0', '1', '2', '3' -> {
                at--;
                bytes.write(digits(3, 8));
            }
            default -> throw malformed("has an unknown escape");
        }
    }

    private byte[] character(int codePoint) {
        if (!Character.isValidCodePoint(codePoint)) {
            throw malformed("has an escape beyond Unicode");
        }
        return Character.toString(codePoint).getBytes(UTF_8);
    }

    private int digits(int count, int radix) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = Character.digit(next(), radix);
            if (digit < 0) {
                throw malformed("has an escape with a wrong digit");
            }
            value = value * radix + digit;
        }
        return value;
    }

    private boolean takes(char expected) {
        skipSpace();
        boolean isIt = at < text.length() && text.charAt(at) == expected;
        if (isIt) {
            at++;
        }
        return isIt;
    }

    private void expect(char expected) {
        if (!takes(expected)) {
            throw malformed("must have '" + expected + "'");
        }
    }

    private char next() {
        if (at >= text.length()) {
            throw malformed("ends too early");
        }
        return text.charAt(at++);
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '`' || c == '\'';
    }

    private static boolean isOfName(char c) {
        return c == '_' || c == ':' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private InvalidEventException malformed(String rule) {
        return PushRefusal.malformed("labels such as {name=\"value\"}: " + rule + " at character " + at);
    }
}
