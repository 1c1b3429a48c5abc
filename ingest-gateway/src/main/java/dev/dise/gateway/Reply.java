package dev.dise.gateway;

import dev.dise.schemas.Json;
import java.util.Map;

/** An answer. */
final class Reply {
    static final String JSON = "application/json";

    private final int status;
    private final String mediaType;
    private final byte[] body;
    private final Map<String, String> headers;

    /**
     * @param headers beside its media type
     */
    Reply(int status, String mediaType, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.mediaType = mediaType;
        this.body = body;
        this.headers = Map.copyOf(headers);
    }

    static Reply json(int status, Object body) {
        return new Reply(status, JSON, Json.encode(body), Map.of());
    }

    static Reply of(int status, String mediaType, byte[] body) {
        return new Reply(status, mediaType, body, Map.of());
    }

    /** The same with one header. */
    Reply with(String name, String value) {
        return new Reply(status, mediaType, body, Map.of(name, value));
    }

    /** The same status and headers with the body of another. */
    Reply as(Reply other) {
        return new Reply(status, other.mediaType, other.body, headers);
    }

    int status() {
        return status;
    }

    String mediaType() {
        return mediaType;
    }

    /** Its bytes; not a copy. */
    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
