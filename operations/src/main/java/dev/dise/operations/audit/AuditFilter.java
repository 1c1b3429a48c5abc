package dev.dise.operations.audit;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit.
 *
 * @param actions with one of these actions; empty for any
 * @param target about that; null for anything
 * @param since done then or later; null for ever
 */
public record AuditFilter(
        Set<String> actions,
        @Nullable String target,
        @Nullable Instant since) {
    public AuditFilter {
        actions = Set.copyOf(actions);
    }

    /** Every entry. */
    public static AuditFilter all() {
        return new AuditFilter(Set.of(), null, null);
    }

    /** Those with one of these actions. */
    public static AuditFilter ofActions(String... actions) {
        return new AuditFilter(Set.of(actions), null, null);
    }

    boolean matches(AuditEntry entry) {
        return (actions.isEmpty() || actions.contains(entry.action()))
                && (target == null || target.equals(entry.target()))
                && (since == null || !entry.at().isBefore(since));
    }
}
