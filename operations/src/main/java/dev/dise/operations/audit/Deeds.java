package dev.dise.operations.audit;

import dev.dise.runtime.kafka.KafkaClients;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does things to the line and takes down that they were done. The entry is written when the work has ended, so a crash between
 * the two leaves none.
 *
 * @param by who does them: the user of the operating system, or the name of an API key
 */
public record Deeds(KafkaClients kafka, String by, Clock clock) {
    /** The outcome of what was begun and did not succeed; it may be done in part. */
    public static final String FAILED = "failed";

    /**
     * Does it and notes that it was done, or that it failed.
     *
     * @param detail what the entry tells of the result
     * @throws IllegalStateException if it is done, but the audit does not take the entry
     */
    public <T> T note(String action, String target, Supplier<T> work, Function<T, Map<String, String>> detail) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            noteFailed(action, target, e);
            throw e;
        }
        return noteDone(action, target, result, detail);
    }

    /**
     * Notes that something was done.
     *
     * @return the same result
     */
    public <T> T noteDone(String action, String target, T result, Function<T, Map<String, String>> detail) {
        write(AuditEntry.done(action, by, clock.instant(), target, detail.apply(result)));
        return result;
    }

    private void noteFailed(String action, String target, RuntimeException failure) {
        try {
            write(new AuditEntry(action, by, clock.instant(), target, Map.of(), FAILED));
        } catch (IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }

    private void write(AuditEntry entry) {
        try (AuditLog audit = new AuditLog(kafka)) {
            audit.write(entry);
        }
    }
}
