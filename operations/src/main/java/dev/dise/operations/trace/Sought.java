package dev.dise.operations.trace;

import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventIds;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The id that is looked for: as the event has it, or as PostgreSQL has it where the event's own is no UUID.
 *
 * @param uuid as PostgreSQL has it
 * @param isNameBased whether it may stand for an id that is no UUID
 */
record Sought(String id, UUID uuid, boolean isNameBased) {
    private static final int TIME_ORDERED = 7;
    private static final int NAME_BASED = 5;

    static Sought of(String id) {
        UUID uuid = EventIds.asUuid(id);
        return new Sought(
                id, uuid, uuid.version() == NAME_BASED && uuid.toString().equals(id));
    }

    /** When the id was made, if it says so. */
    Optional<Instant> madeAt() {
        return uuid.version() == TIME_ORDERED
                ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
                : Optional.empty();
    }

    boolean isOf(SourceRecord record) {
        String of = record.header(EnvelopeHeaders.ID);
        return of != null
                && (of.equals(id) || (isNameBased && EventIds.asUuid(of).equals(uuid)));
    }
}
