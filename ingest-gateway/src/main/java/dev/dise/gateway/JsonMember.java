package dev.dise.gateway;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** A member of a JSON object that was cut but not read. */
final class JsonMember {
    private final JsonToken kind;
    private final @Nullable String scalar;
    private final byte[] bytes;

    /**
     * @param kind its first token
     * @param scalar its text if it is a scalar
     * @param bytes its bytes as they came
     */
    JsonMember(JsonToken kind, @Nullable String scalar, byte[] bytes) {
        this.kind = kind;
        this.scalar = scalar;
        this.bytes = bytes;
    }

    boolean isNull() {
        return kind == JsonToken.VALUE_NULL;
    }

    /** Its bytes as they came. */
    byte[] bytes() {
        return bytes;
    }

    /** The text of a string; null for JSON's null, which says as much as leaving the member out. */
    @Nullable
    String text(String name) {
        if (isNull()) {
            return null;
        }
        if (kind != JsonToken.VALUE_STRING) {
            throw Refusals.envelope("/" + name, "must be a string", null);
        }
        return scalar;
    }
}
