package dev.dise.gateway;

import dev.dise.ingest.DropReason;
import dev.dise.ingest.NotDeliveredException;
import dev.dise.ingest.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What became of an event that was sent. */
sealed interface Outcome {
    /** Kafka has acknowledged it. */
    record Stored(Receipt receipt) implements Outcome {}

    /**
     * Kafka has not acknowledged it.
     *
     * @param reason the code for programs
     * @param maybeStored whether Kafka may have it all the same
     */
    record Undelivered(String reason, boolean maybeStored) implements Outcome {
        String advice() {
            return maybeStored
                    ? "the outcome is unknown: the event may be stored; send it again with the same id, which is safe"
                    : "the event was not stored; send it again later";
        }
    }

    /** Waits for the outcome until the deadline, which is a time of {@link System#nanoTime}. */
    static Outcome await(CompletableFuture<Receipt> answer, long deadlineNanos) {
        try {
            return new Stored(answer.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return of(e.getCause());
        } catch (TimeoutException e) {
            return new Undelivered("OUTCOME_UNKNOWN", true);
        } catch (InterruptedException e) {
            // The server is being stopped; the client gets the truth, which is that nobody knows yet.
            Thread.currentThread().interrupt();
            return new Undelivered("OUTCOME_UNKNOWN", true);
        }
    }

    private static Outcome of(@Nullable Throwable failure) {
        if (failure instanceof NotDeliveredException undelivered) {
            DropReason reason = undelivered.reason();
            boolean maybeStored = reason == DropReason.DELIVERY_TIMEOUT || reason == DropReason.CLOSED;
            return new Undelivered(reason.name(), maybeStored);
        }
        return new Undelivered("OUTCOME_UNKNOWN", true);
    }
}
