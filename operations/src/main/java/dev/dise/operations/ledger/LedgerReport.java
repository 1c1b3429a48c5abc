package dev.dise.operations.ledger;

import dev.dise.pg.ledger.Account;
import dev.dise.pg.ledger.Unexplained;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The books.
 *
 * @param accounts their lines, oldest first
 * @param total of all lines
 * @param dropped what emitters told that they have dropped before Kafka, by reason
 * @param unexplained the first events that nothing explains
 */
public record LedgerReport(
        List<Account> accounts,
        Account total,
        Map<String, Long> dropped,
        List<Unexplained> unexplained,
        Duration took) {
    public LedgerReport {
        accounts = List.copyOf(accounts);
        dropped = Map.copyOf(dropped);
        unexplained = List.copyOf(unexplained);
    }

    /** What tools have emitted: what was accepted, and what emitters had to drop. */
    public long emitted() {
        return total.accepted()
                + dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether everything is accounted for. */
    public boolean isBalanced() {
        return total.difference() == 0;
    }
}
