package dev.dise.operations.letters;

import java.time.Instant;

/**
 * A dead letter as a line of a list says it.
 *
 * @param source the record that was refused, as in {@code dise.bulk-3@1024}
 * @param message why it was refused, for a person
 * @param type wire name of the event's type; empty if the record does not say a known one
 * @param eventId empty if the record has none
 * @param attempts how often it was tried
 * @param at when it was refused
 * @param complete false if the letter only names the record, which was too large to be kept
 */
public record LetterLine(
        LetterId id,
        String source,
        String stage,
        String reason,
        String message,
        String type,
        String eventId,
        int attempts,
        LetterState state,
        Instant at,
        String fingerprint,
        boolean complete) {

    /** The line of a letter. */
    public static LetterLine of(LetterEntry letter, String message) {
        return new LetterLine(
                letter.id(),
                letter.id().source(),
                letter.stage(),
                letter.reason(),
                message,
                letter.type(),
                letter.eventId(),
                letter.id().attempts(),
                letter.state(),
                letter.at(),
                letter.fingerprint(),
                letter.complete());
    }
}
