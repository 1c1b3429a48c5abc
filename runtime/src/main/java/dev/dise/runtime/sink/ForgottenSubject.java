package dev.dise.runtime.sink;

import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A subject whose events up to a moment are to be nowhere any more; a record of {@code dise.forgotten}. What happens to the
 * subject after that moment is a new life, which is stored as any other.
 *
 * @param type of the events that are meant; null for all types
 * @param forgottenAt that moment, to the microsecond
 * @param by who wanted it
 */
public record ForgottenSubject(
        String subject, @Nullable EventType type, Instant forgottenAt, String by, String reason) {
    public ForgottenSubject {
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("a subject is not empty");
        }
        if (type == EventType.DELETION) {
            throw new IllegalArgumentException("a deletion belongs to the type of its target");
        }
        forgottenAt = forgottenAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The key of its record: the subject, and the type if there is one, so that compaction keeps both beside each other. */
    public byte[] key() {
        String key = type == null ? subject : subject + "\n" + type.wireName();
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The value of its record. */
    public byte[] encode() {
        return Json.encode(this);
    }

    /**
     * Reads the value of a record.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ForgottenSubject decode(byte[] value) {
        try {
            ForgottenSubject subject = Json.mapper().readValue(value, ForgottenSubject.class);
            if (subject != null) {
                return subject;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no record of a forgotten subject", e);
        }
        throw new IllegalArgumentException("no record of a forgotten subject");
    }

    /**
     * Whether an event of this subject is to be left out.
     *
     * @param eventType of a deletion, that of its target; null if the event says none
     * @param eventTime null if the event says none
     * @param appendedAt when the topic got it
     */
    boolean covers(@Nullable EventType eventType, @Nullable Instant eventTime, Instant appendedAt) {
        boolean isMeant = type == null || type == eventType;
        boolean isBefore = !appendedAt.isAfter(forgottenAt) || (eventTime != null && !eventTime.isAfter(forgottenAt));
        return isMeant && isBefore;
    }
}
