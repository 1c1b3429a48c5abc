package dev.dise.runtime.config;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value that is not for showing.
 *
 * @param value the secret itself; only for the client that needs it
 */
public record Secret(String value) {
    /** Four stars, whatever the secret. */
    @Override
    @JsonValue
    public String toString() {
        return value.isEmpty() ? "" : "****";
    }
}
