package dev.dise.operations.letters;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a redrive did.
 *
 * @param outcomes how many letters had each
 * @param held letters that were not sent, and why; the first hundred
 */
public record RedriveReport(Map<RedriveOutcome, Long> outcomes, List<Held> held) {
    private static final int MOST_HELD = 100;

    /** A letter that was not sent. */
    public record Held(LetterId id, RedriveOutcome outcome) {}

    public RedriveReport {
        outcomes = Map.copyOf(outcomes);
        held = List.copyOf(held);
    }

    /** How many letters had that outcome. */
    public long count(RedriveOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Counts letters. */
    static final class Tally {
        private final Map<RedriveOutcome, Long> outcomes = new EnumMap<>(RedriveOutcome.class);
        private final List<Held> held = new ArrayList<>();

        void add(LetterId id, RedriveOutcome outcome) {
            outcomes.merge(outcome, 1L, Long::sum);
            if (!outcome.isGood() && held.size() < MOST_HELD) {
                held.add(new Held(id, outcome));
            }
        }

        long total() {
            return outcomes.values().stream().mapToLong(Long::longValue).sum();
        }

        RedriveReport report() {
            return new RedriveReport(outcomes, held);
        }
    }
}
