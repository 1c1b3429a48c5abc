package dev.dise.pg.ledger;

import org.jspecify.annotations.Nullable;

/**
 * An accepted event that nothing explains.
 *
 * @param partition of its record in {@code dise.events}
 * @param offset of its record
 * @param eventId null if it says none
 * @param missingIn where it should be and is not: a topic, {@code postgres} or {@code qdrant}
 */
public record Unexplained(
        int partition, long offset, @Nullable String eventId, String type, String missingIn) {
    /** The place of its record, as in {@code dise.events-3@1024}. */
    public String position() {
        return "dise.events-" + partition + "@" + offset;
    }
}
