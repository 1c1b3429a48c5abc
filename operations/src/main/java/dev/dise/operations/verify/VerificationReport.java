package dev.dise.operations.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dise.runtime.compare.Comparison;
import java.util.List;

/** What was compared, and what was found. */
public record VerificationReport(List<Comparison> comparisons) {
    public VerificationReport {
        comparisons = List.copyOf(comparisons);
    }

    /** All findings, listed or not. */
    @JsonProperty
    public long found() {
        return comparisons.stream().mapToLong(Comparison::found).sum();
    }

    /** How many of them were mended. */
    @JsonProperty
    public long mended() {
        return comparisons.stream().mapToLong(Comparison::mended).sum();
    }

    /** Whether nothing is wrong any more. */
    @JsonProperty("good")
    public boolean isGood() {
        return comparisons.stream().allMatch(Comparison::isGood);
    }
}
