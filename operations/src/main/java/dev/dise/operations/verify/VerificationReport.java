package dev.dise.operations.verify;

import dev.dise.runtime.compare.Comparison;
import java.util.List;

/** What was compared, and what was found. */
public record VerificationReport(List<Comparison> comparisons) {
    public VerificationReport {
        comparisons = List.copyOf(comparisons);
    }

    public long found() {
        return comparisons.stream().mapToLong(Comparison::found).sum();
    }

    public long mended() {
        return comparisons.stream().mapToLong(Comparison::mended).sum();
    }

    /** Whether nothing is wrong any more. */
    public boolean isGood() {
        return comparisons.stream().allMatch(Comparison::isGood);
    }
}
