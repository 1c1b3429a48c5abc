package dev.dise.gateway;

import dev.dise.ingest.Receipt;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import org.jspecify.annotations.Nullable;

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
        return new ItemResult(index, id, REFUSED, null, refusal.reason().name(), Refusals.explain(refusal));
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

    /** Writes it as JSON. */
    void write(StringBuilder json) {
        json.append("{\"index\":").append(index);
        write(json, "id", id);
        write(json, "status", status);
        write(json, "safe_in", safeIn);
        write(json, "reason", reason);
        write(json, "message", message);
        json.append('}');
    }

    private static void write(StringBuilder json, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        json.append(",\"").append(name).append("\":");
        if (isPlain(value)) {
            json.append('"').append(value).append('"');
        } else {
            json.append(Json.mapper().writeValueAsString(value));
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
