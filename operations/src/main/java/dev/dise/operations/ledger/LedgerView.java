package dev.dise.operations.ledger;

import dev.dise.pg.ledger.Account;
import dev.dise.pg.ledger.Unexplained;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The books as they are shown.
 *
 * @param balanced whether everything is accounted for
 * @param difference what nothing explains, of all lines
 * @param emitted what tools have emitted: what was accepted, and what emitters had to drop
 * @param dropped what emitters told that they have dropped before Kafka, by reason
 * @param unexplained the first events that nothing explains
 */
public record LedgerView(
        boolean balanced,
        long difference,
        long emitted,
        List<Account> lines,
        Account total,
        Map<String, Long> dropped,
        List<Unexplained> unexplained,
        Duration took) {
    /** How lines can be summed up. */
    public static final List<String> SUMMED_BY =
            Arrays.stream(Account.By.values()).map(LedgerView::word).toList();

    public LedgerView {
        lines = List.copyOf(lines);
        dropped = Map.copyOf(dropped);
        unexplained = List.copyOf(unexplained);
    }

    static LedgerView of(LedgerReport report) {
        return new LedgerView(
                report.isBalanced(),
                report.total().difference(),
                report.emitted(),
                report.accounts(),
                report.total(),
                report.dropped(),
                report.unexplained(),
                report.took());
    }

    static Account.By by(String word) {
        return Arrays.stream(Account.By.values())
                .filter(by -> word(by).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "lines are summed up by " + String.join(", ", SUMMED_BY) + ", not by " + word));
    }

    private static String word(Account.By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }
}
