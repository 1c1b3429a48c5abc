package dev.dise.runtime.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dise.schemas.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What comparing a store with its topic has found.
 *
 * @param name what was compared: a schema, a collection, or a topic
 * @param records of the topic that were read
 * @param counts of all findings, by kind; a kind that was not found is not in it
 * @param unverifiable what is in the store from before the topic's present beginning, so that nothing can be said of it
 * @param unsettled what kept changing while it was looked at, or waits for a sink, so that nothing is said of it
 * @param mended how many findings were mended
 * @param findings the first ones, as many as were asked for
 */
public record Comparison(
        Store store,
        String name,
        long records,
        Map<Finding.Kind, Long> counts,
        long unverifiable,
        long unsettled,
        long mended,
        List<Finding> findings,
        Duration took) {
    public Comparison {
        counts = Map.copyOf(counts);
        findings = List.copyOf(findings);
    }

    /** How many findings there are, listed or not. */
    @JsonProperty
    public long found() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether nothing is wrong any more. */
    public boolean isGood() {
        return found() == mended;
    }
}
