package dev.dise.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;

/** How a body is packed. */
enum Coding {
    IDENTITY,
    GZIP,
    ZSTD;

    /**
     * Of a request.
     *
     * @throws ProblemException 415 if it is packed twice, or in a way that is not taken
     */
    static Coding of(ServerRequest request) {
        List<String> values = request.headers().values(HeaderNames.CONTENT_ENCODING);
        if (values.isEmpty()) {
            return IDENTITY;
        }
        String name = String.join(",", values).strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "identity", "" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default -> throw new ProblemException(Problem.contentEncoding());
        };
    }
}
