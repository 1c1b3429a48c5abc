package dev.dise.operations.forget;

import dev.dise.schemas.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Whom to forget.
 *
 * @param type of the events that are meant; null for all
 * @param by who wants it
 * @param reason kept in the list of the forgotten; may be empty
 */
public record ForgetRequest(String subject, @Nullable EventType type, String by, String reason) {
    public ForgetRequest {
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("name a subject");
        }
    }
}
