package dev.dise.operations.replay;

import dev.dise.schemas.Store;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a replay has done, or a dry run would do.
 *
 * @param resumed whether it went on with an earlier one; the figures are those since then
 * @param read records of the topic that were passed
 * @param matched those that were meant, by type
 * @param forgotten records that were meant, but are of forgotten subjects
 * @param written null of a dry run; with those that were there, where the store does not tell
 * @param alreadyThere null of a dry run, and where the store does not tell
 * @param refused each of them is a dead letter; null of a dry run
 * @param gap what the topic has lost of the span; null if nothing
 */
public record ReplayReport(
        Store store,
        boolean dryRun,
        boolean resumed,
        long read,
        Map<String, Long> matched,
        long forgotten,
        @Nullable Long written,
        @Nullable Long alreadyThere,
        @Nullable Long refused,
        @Nullable String gap) {
    public ReplayReport {
        matched = new TreeMap<>(matched);
    }

    /** Over all types. */
    public long matchedInAll() {
        return matched.values().stream().mapToLong(Long::longValue).sum();
    }
}
