package dev.dise.operations.letters;

import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.letters.LetterIndex.Indexed;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives letters up: notes in the audit that nothing more will be done with them. The letters stay where they are until their
 * topic's time is over. Done again after a crash, it goes on where it stopped. Used by one thread.
 */
public final class Discard {
    /** The action in the audit. */
    public static final String ACTION = "discard";

    private static final int AT_ONCE = 500;

    private final Letters letters;
    private final AuditLog audit;
    private final Clock clock;

    public Discard(Letters letters, AuditLog audit, Clock clock) {
        this.letters = letters;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Discards the matching letters that are neither redriven nor discarded.
     *
     * @param by who says so
     * @param why the reason for a person
     * @return how many there were
     */
    public long run(LetterFilter filter, String by, String why) {
        List<LetterEntry> unsettled =
                letters.index().matching(filter.unsettled()).map(Indexed::entry).toList();
        for (int from = 0; from < unsettled.size(); from += AT_ONCE) {
            List<AuditEntry> entries = new ArrayList<>();
            for (LetterEntry letter : unsettled.subList(from, Math.min(from + AT_ONCE, unsettled.size()))) {
                Map<String, String> detail = new HashMap<>(Notes.of(letter));
                detail.put("why", why);
                entries.add(
                        AuditEntry.done(ACTION, by, clock.instant(), letter.id().toString(), detail));
            }
            audit.write(entries);
        }
        return unsettled.size();
    }
}
