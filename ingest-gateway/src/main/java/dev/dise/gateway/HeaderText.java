package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.schemas.InvalidEventException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Reads attributes that stand in HTTP headers, as the HTTP binding of CloudEvents has it: quotes around them are taken off,
 * then what is percent-encoded is decoded once, which must give UTF-8.
 */
final class HeaderText {
    private HeaderText() {}

    /**
     * The text that a header stands for.
     *
     * @param name of the attribute, for the message
     * @throws InvalidEventException if it is not encoded as it should be
     */
    static String decode(String name, String header) {
        String value = header.startsWith("\"") ? unquote(name, header) : header;
        return isPlain(value) ? value : percentDecode(name, value);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' || c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String unquote(String name, String header) {
        StringBuilder text = new StringBuilder();
        int i = 1;
        while (i < header.length() && header.charAt(i) != '"') {
            if (header.charAt(i) == '\\') {
                i++;
            }
            if (i < header.length()) {
                text.append(header.charAt(i++));
            }
        }
        if (i != header.length() - 1) {
            throw Refusals.envelope("/" + name, "must end with the quote that it begins with", null);
        }
        return text.toString();
    }

    private static String percentDecode(String name, String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%') {
                bytes.write(hex(name, value, i + 1) << 4 | hex(name, value, i + 2));
                i += 2;
            } else if (c >= ' ' && c <= '~') {
                bytes.write(c);
            } else {
                throw Refusals.envelope("/" + name, "must be percent-encoded where it is not plain ASCII", null);
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusals.envelope("/" + name, "must be UTF-8 that is percent-encoded", null);
        }
    }

    private static int hex(String name, String value, int at) {
        int digit = at < value.length() ? Character.digit(value.charAt(at), 16) : -1;
        if (digit < 0) {
            throw Refusals.envelope("/" + name, "must be percent-encoded: write %25 for a percent sign", null);
        }
        return digit;
    }
}
