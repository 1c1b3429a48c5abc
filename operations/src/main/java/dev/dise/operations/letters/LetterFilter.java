package dev.dise.operations.letters;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters; null and empty say nothing.
 *
 * @param ids these alone
 * @param type wire name of the event's type
 * @param since refused then or later
 * @param until refused before then
 */
public record LetterFilter(
        Set<LetterId> ids,
        @Nullable String stage,
        @Nullable String reason,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable String eventId,
        @Nullable Instant since,
        @Nullable Instant until,
        Set<LetterState> states) {

    public LetterFilter {
        ids = Set.copyOf(ids);
        states = Set.copyOf(states);
    }

    /** Every letter. */
    public static LetterFilter all() {
        return new LetterFilter(Set.of(), null, null, null, null, null, null, null, Set.of());
    }

    /** These letters. */
    public static LetterFilter of(LetterId... ids) {
        return all().withIds(Set.of(ids));
    }

    /** The same for these letters alone. */
    public LetterFilter withIds(Set<LetterId> newIds) {
        return new LetterFilter(newIds, stage, reason, type, fingerprint, eventId, since, until, states);
    }

    /** The same for letters in one of these states. */
    public LetterFilter withStates(Set<LetterState> newStates) {
        return new LetterFilter(ids, stage, reason, type, fingerprint, eventId, since, until, newStates);
    }

    /** The same for letters with which nothing was done; of those states that it names, if it names any. */
    public LetterFilter unsettled() {
        Set<LetterState> open = EnumSet.of(LetterState.OPEN, LetterState.QUARANTINED);
        if (!states.isEmpty()) {
            open.retainAll(states);
        }
        // Settled ones alone were asked for: nothing was refused before the beginning of time.
        return open.isEmpty() ? withUntil(Instant.MIN) : withStates(open);
    }

    /** The same for letters that were refused before then. */
    public LetterFilter withUntil(@Nullable Instant newUntil) {
        return new LetterFilter(ids, stage, reason, type, fingerprint, eventId, since, newUntil, states);
    }

    /** The same for letters of that event. */
    public LetterFilter withEventId(@Nullable String newEventId) {
        return new LetterFilter(ids, stage, reason, type, fingerprint, newEventId, since, until, states);
    }

    /** The same for letters with that reason. */
    public LetterFilter withReason(@Nullable String newReason) {
        return new LetterFilter(ids, stage, newReason, type, fingerprint, eventId, since, until, states);
    }

    /** Whether it leaves nothing out, but for states. */
    public boolean isOpenEnded() {
        return ids.isEmpty()
                && stage == null
                && reason == null
                && type == null
                && fingerprint == null
                && eventId == null
                && since == null
                && until == null;
    }

    boolean matches(LetterEntry letter) {
        return (ids.isEmpty() || ids.contains(letter.id()))
                && is(stage, letter.stage())
                && is(reason, letter.reason())
                && is(type, letter.type())
                && is(fingerprint, letter.fingerprint())
                && is(eventId, letter.eventId())
                && (since == null || !letter.at().isBefore(since))
                && (until == null || letter.at().isBefore(until))
                && (states.isEmpty() || states.contains(letter.state()));
    }

    private static boolean is(@Nullable String wanted, String value) {
        return wanted == null || wanted.equalsIgnoreCase(value);
    }
}
