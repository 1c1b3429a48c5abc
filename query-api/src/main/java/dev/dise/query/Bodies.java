package dev.dise.query;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Reads what is sent along with a request, within bounds. */
public final class Bodies {
    /** An event of the largest size and what goes around it. */
    private static final int MOST_BYTES = 2 << 20;

    private Bodies() {}

    /**
     * The body as an object. It has to say that it is JSON, which no form of a foreign page can.
     *
     * @throws RefusedException if it is none
     */
    static ObjectNode object(ServerRequest request) {
        try {
            if (!(Json.parse(json(request)) instanceof ObjectNode object)) {
                throw new RefusedException(Problem.notJson());
            }
            return object;
        } catch (InvalidEventException e) {
            throw RefusedException.badValue("the body", "must be JSON: " + e.getMessage());
        }
    }

    /**
     * The bytes of a body that says that it is JSON, as they are.
     *
     * @throws RefusedException if it does not, or has too many
     */
    public static byte[] json(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new RefusedException(Problem.notJson());
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw RefusedException.badValue("the body", "must have at most " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the body was cut off", e);
        }
    }
}
