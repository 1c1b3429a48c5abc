package dev.dise.operations.letters;

import java.time.Instant;

/**
 * A dead letter in a list, without its content.
 *
 * @param id the record that was refused, and which try that was
 * @param type wire name of the event's type; empty if the record does not say a known one
 * @param eventId empty if the record has none
 * @param at when it was refused
 * @param state what has become of it
 * @param complete false if the letter only names the record, which was too large to be kept
 */
public record LetterEntry(
        LetterId id,
        String stage,
        String reason,
        String type,
        String eventId,
        String fingerprint,
        Instant at,
        LetterState state,
        boolean complete) {

    LetterEntry withState(LetterState newState) {
        return new LetterEntry(id, stage, reason, type, eventId, fingerprint, at, newState, complete);
    }
}
