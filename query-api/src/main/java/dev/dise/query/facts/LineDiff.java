package dev.dise.query.facts;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many lines one text has that another has not, and the other way round. A line that only moved is in both.
 *
 * @param added lines of the newer text alone
 * @param removed lines of the older text alone
 */
record LineDiff(long added, long removed) {
    static LineDiff between(@Nullable String before, @Nullable String after) {
        Map<String, Integer> counts = new HashMap<>();
        count(after, counts, 1);
        count(before, counts, -1);
        long added = counts.values().stream()
                .filter(count -> count > 0)
                .mapToLong(Integer::longValue)
                .sum();
        long removed = counts.values().stream()
                .filter(count -> count < 0)
                .mapToLong(Integer::longValue)
                .sum();
        return new LineDiff(added, -removed);
    }

    private static void count(@Nullable String text, Map<String, Integer> counts, int by) {
        if (text != null) {
            text.lines().forEach(line -> counts.merge(line, by, Integer::sum));
        }
    }
}
