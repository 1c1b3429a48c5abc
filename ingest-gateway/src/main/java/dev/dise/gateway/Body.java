package dev.dise.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The body of a request, in strict UTF-8. */
final class Body {
    private final String mediaType;
    private final byte[] bytes;

    private Body(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    /** Reads the body; the server itself holds the bound on its size. */
    static Body read(ServerRequest request) {
        String mediaType = mediaType(request);
        byte[] bytes = bytes(request);
        requireUtf8(bytes);
        return new Body(mediaType, bytes);
    }

    /** What it says it is, without parameters and in lower case. */
    String mediaType() {
        return mediaType;
    }

    /** The bytes as they came; not a copy. */
    byte[] bytes() {
        return bytes;
    }

    /** The same if it is of that type. */
    Body require(String expected) {
        if (!mediaType.equals(expected)) {
            throw new ProblemException(Problem.contentType("send " + expected));
        }
        return this;
    }

    private static String mediaType(ServerRequest request) {
        String header = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        boolean otherCharset = Arrays.stream(parts)
                .skip(1)
                .map(part -> part.replaceAll("[\\s\"]", ""))
                .anyMatch(part -> part.startsWith("charset=") && !part.equals("charset=utf-8"));
        if (otherCharset) {
            throw new ProblemException(Problem.contentType("send UTF-8"));
        }
        return parts[0].strip();
    }

    private static byte[] bytes(ServerRequest request) {
        // Not as a stream that is closed: Helidon's would wait for the rest of a body that is refused for its size.
        return request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    }

    /** Byte zero is legal UTF-8 but never legal JSON; with it, a JSON parser would take the text for UTF-16 or UTF-32. */
    private static void requireUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw Refusals.malformed("is not valid UTF-8");
        }
        for (byte each : bytes) {
            if (each == 0) {
                throw Refusals.malformed("is not valid UTF-8 text: it has a zero byte");
            }
        }
    }
}
