package dev.dise.operations.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that somebody did to the line.
 *
 * @param action what, in one word, as in {@code redrive}
 * @param by who: the user of the operating system, or the name of an API key
 * @param at when
 * @param target what it was done to; what has one target can be found together
 * @param detail whatever else tells what was done; never payloads, never secrets
 * @param outcome what came of it, in one word, as in {@code done}
 */
public record AuditEntry(
        String action, String by, Instant at, String target, Map<String, String> detail, String outcome) {
    /** The usual outcome. */
    public static final String DONE = "done";

    public AuditEntry {
        if (action.isBlank() || by.isBlank()) {
            throw new IllegalArgumentException("an audit entry needs an action and who did it");
        }
        detail = Collections.unmodifiableSortedMap(new TreeMap<>(detail));
    }

    /** An entry of something that was done. */
    public static AuditEntry done(String action, String by, Instant at, String target, Map<String, String> detail) {
        return new AuditEntry(action, by, at, target, detail, DONE);
    }

    /** A word of the detail; empty if it has none of that name. */
    public String detail(String name) {
        return detail.getOrDefault(name, "");
    }
}
