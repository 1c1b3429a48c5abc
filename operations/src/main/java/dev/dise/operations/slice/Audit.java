package dev.dise.operations.slice;

import java.time.Instant;
import java.util.Map;

/** Takes down what somebody did to the line. */
@FunctionalInterface
public interface Audit {
    /**
     * Returns once it is safe.
     *
     * @throws IllegalStateException if it cannot be written
     */
    void note(Entry entry);

    /**
     * One deed.
     *
     * @param action as in {@code replay}
     * @param target what it was done to; never content
     * @param detail figures
     */
    record Entry(String action, String by, Instant at, String target, Map<String, Object> detail) {
        public Entry {
            detail = Map.copyOf(detail);
        }
    }
}
