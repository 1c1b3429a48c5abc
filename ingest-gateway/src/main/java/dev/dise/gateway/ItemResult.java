package dev.dise.gateway;

import dev.dise.ingest.Receipt;
import dev.dise.schemas.InvalidEventException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What became of one item of a request with many.
 *
 * @param index its place in the request, from 0
 * @param id the event's id, given or assigned; null if the item was refused before it had one
 * @param status {@code accepted}: it is safe; {@code refused}: never as it is; {@code unavailable}: try again
 * @param safeIn {@code kafka} or {@code spool}; null if not accepted
 * @param reason the code for programs; null if accepted
 * @param message the reason for a person; null if accepted
 */
record ItemResult(
        long index,
        @Nullable String id,
        String status,
        @Nullable String safeIn,
        @Nullable String reason,
        @Nullable String message) {
    static final String ACCEPTED = "accepted";
    static final String REFUSED = "refused";
    static final String UNAVAILABLE = "unavailable";
    static final String KAFKA = "kafka";
    static final String SPOOL = "spool";

    static ItemResult refused(long index, @Nullable String id, InvalidEventException refusal) {
        return new ItemResult(index, id, REFUSED, null, refusal.reason().name(), refusal.getMessage());
    }

    static ItemResult of(long index, @Nullable String id, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored stored -> new ItemResult(index, id, ACCEPTED, placeOf(stored.receipt()), null, null);
            case Outcome.Undelivered undelivered ->
                new ItemResult(index, id, UNAVAILABLE, null, undelivered.reason(), undelivered.advice());
        };
    }

    /** Where an accepted event is safe. */
    static String placeOf(Receipt receipt) {
        return switch (receipt) {
            case Receipt.InKafka kafka -> KAFKA;
            case Receipt.InSpool spool -> SPOOL;
        };
    }

    boolean isAccepted() {
        return safeIn != null;
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("index", index);
        writeIfPresent(json, "id", id);
        json.writeStringProperty("status", status);
        writeIfPresent(json, "safe_in", safeIn);
        writeIfPresent(json, "reason", reason);
        writeIfPresent(json, "message", message);
        json.writeEndObject();
    }

    private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
