package dev.dise.gateway;

import dev.dise.schemas.Json;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers beside its media type
 */
record Reply(int status, String mediaType, byte[] body, Map<String, String> headers) {
    static final String JSON = "application/json";

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
}
