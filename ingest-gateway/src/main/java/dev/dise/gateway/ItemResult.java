package dev.dise.gateway;

import dev.dise.schemas.InvalidEventException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item of a request with many.
 *
 * @param index its place in the request, from 0
 * @param id the event's id, given or assigned; null if the item was refused before it had one
 * @param status {@code accepted}: acknowledged by Kafka; {@code refused}: never as it is; {@code unavailable}: try again
 * @param reason the code for programs; null if accepted
 * @param message the reason for a person; null if accepted
 */
record ItemResult(
        int index,
        @Nullable String id,
        String status,
        @Nullable String reason,
        @Nullable String message) {
    static final String ACCEPTED = "accepted";
    static final String REFUSED = "refused";
    static final String UNAVAILABLE = "unavailable";

    static ItemResult refused(int index, @Nullable String id, InvalidEventException refusal) {
        return new ItemResult(index, id, REFUSED, refusal.reason().name(), refusal.getMessage());
    }

    static ItemResult of(int index, String id, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored stored -> new ItemResult(index, id, ACCEPTED, null, null);
            case Outcome.Undelivered undelivered ->
                new ItemResult(index, id, UNAVAILABLE, undelivered.reason(), undelivered.advice());
        };
    }
}
