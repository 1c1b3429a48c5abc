package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON that is known to be UTF-8, only to find where its parts begin and end, so that the bytes of an event's
 * data stay as they came. Brackets, commas and quotes are checked here; what is between them is checked where the parts are
 * read.
 */
final class JsonCursor {
    private final byte[] json;
    private final int end;
    private int at;

    JsonCursor(byte[] json) {
        this(json, 0, json.length);
    }

    JsonCursor(byte[] json, int from, int to) {
        this.json = json;
        this.at = from;
        this.end = to;
    }

    int at() {
        return at;
    }

    /** Goes over white space, and says where it is then. */
    int begin() {
        int unused = peek();
        return at;
    }

    /** Goes back to a place where it was. */
    void backTo(int place) {
        at = place;
    }

    /** The next byte that is no white space; -1 at the end. */
    int peek() {
        while (at < end && isSpace(json[at])) {
            at++;
        }
        return at < end ? json[at] : -1;
    }

    /** Goes over that byte, and white space before it. */
    void expect(char expected) {
        if (peek() != expected) {
            throw broken();
        }
        at++;
    }

    /** Goes over a comma, or over that bracket; true for the comma. */
    boolean nextOrEnd(char bracket) {
        int next = peek();
        if (next != ',' && next != bracket) {
            throw broken();
        }
        at++;
        return next == ',';
    }

    /** Refuses anything but white space from here on. */
    void expectEnd() {
        if (peek() != -1) {
            throw Refusals.malformed("has something after its end");
        }
    }

    /** Goes over a value; its first byte is the next one. */
    void skipValue() {
        int first = peek();
        if (first == '"') {
            skipString();
        } else if (first == '{' || first == '[') {
            skipContainer();
        } else {
            skipScalar();
        }
    }

    /** Reads a string; its first quote is the next byte. */
    String string() {
        if (peek() != '"') {
            throw broken();
        }
        int from = at;
        boolean isPlain = skipString();
        return isPlain ? new String(json, from + 1, at - from - 2, UTF_8) : unescape(from);
    }

    /** Goes over the name of a member if it is one of those, as it is usually written; null if it is another. */
    @Nullable
    Field field() {
        if (peek() != '"') {
            throw broken();
        }
        for (Field field : Field.ALL) {
            int close = at + 1 + field.length();
            if (close < end && json[close] == '"' && field.isAt(json, at + 1)) {
                at = close + 1;
                return field;
            }
        }
        return null;
    }

    /** What this is not, with the place. */
    InvalidEventException broken() {
        return Refusals.malformed("is not valid JSON at byte " + at);
    }

    private String unescape(int from) {
        return Json.parse(Arrays.copyOfRange(json, from, at)).stringValue();
    }

    /** True if nothing in it is escaped, and it has no control characters. */
    private boolean skipString() {
        boolean isPlain = true;
        for (int i = at + 1; i < end; i++) {
            byte b = json[i];
            if (b == '"') {
                at = i + 1;
                return isPlain;
            }
            if (b == '\\') {
                isPlain = false;
                i++;
            } else if (b >= 0 && b < ' ') {
                isPlain = false;
            }
        }
        throw broken();
    }

    private void skipContainer() {
        long areObjects = 0;
        int depth = 0;
        int i = at;
        do {
            if (i >= end) {
                throw broken();
            }
            byte b = json[i];
            switch (b) {
                case '{', '[' -> {
                    areObjects = areObjects << 1 | (b == '{' ? 1 : 0);
                    depth++;
                    i++;
                }
                case '}', ']' -> {
                    // Below the deepest level that anything may have, kinds are forgotten and not checked.
                    if (depth <= Long.SIZE && (areObjects & 1) != (b == '}' ? 1 : 0)) {
                        throw broken();
                    }
                    areObjects >>>= 1;
                    depth--;
                    i++;
                }
                case '"' -> {
                    at = i;
                    boolean unused = skipString();
                    i = at;
                }
                default -> i++;
            }
        } while (depth > 0);
        at = i;
    }

    private void skipScalar() {
        int from = at;
        while (at < end && !isSpace(json[at]) && ",]}:[{\"".indexOf(json[at]) < 0) {
            at++;
        }
        if (at == from) {
            throw broken();
        }
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }
}
