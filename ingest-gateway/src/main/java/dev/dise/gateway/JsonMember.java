package dev.dise.gateway;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * A member of a JSON object that was cut but not read.
 *
 * @param kind its first token
 * @param scalar its text if it is a scalar
 * @param bytes its bytes as they came
 */
record JsonMember(JsonToken kind, @Nullable String scalar, byte[] bytes) {
    /** The text of a string; null for JSON's null, which says as much as leaving the member out. */
    @Nullable
    String text(String name) {
        if (kind == JsonToken.VALUE_NULL) {
            return null;
        }
        if (kind != JsonToken.VALUE_STRING) {
            throw Refusals.envelope("/" + name, "must be a string", null);
        }
        return scalar;
    }
}
