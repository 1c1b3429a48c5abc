package dev.dise.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a body says it is.
 *
 * @param name without parameters and in lower case; empty if it says nothing
 */
record MediaType(String name) {
    static final MediaType JSON = new MediaType("application/json");
    static final MediaType CLOUD_EVENT = new MediaType("application/cloudevents+json");
    static final MediaType CLOUD_EVENTS = new MediaType("application/cloudevents-batch+json");
    static final MediaType PROTOBUF = new MediaType("application/x-protobuf");
    /** It says nothing. */
    static final MediaType NONE = new MediaType("");

    static final MediaType LINES = new MediaType("application/x-ndjson");

    /**
     * Of a request.
     *
     * @throws ProblemException 415 if it is in another charset than UTF-8
     */
    static MediaType of(ServerRequest request) {
        String header = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        boolean otherCharset = Arrays.stream(parts)
                .skip(1)
                .map(part -> part.replaceAll("[\\s\"]", ""))
                .anyMatch(part -> part.startsWith("charset=") && !part.equals("charset=utf-8"));
        if (otherCharset) {
            throw new ProblemException(Problem.contentType("send UTF-8"));
        }
        return new MediaType(parts[0].strip());
    }

    /** Refuses what is of another type. */
    void require(MediaType expected) {
        if (!equals(expected)) {
            throw new ProblemException(Problem.contentType("send " + expected.name));
        }
    }
}
