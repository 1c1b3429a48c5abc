package dev.dise.gateway;

import dev.dise.ingest.Receipt;
import dev.dise.schemas.InvalidEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What became of the lines of one push. Not thread-safe. */
final class LogResult {
    /** The most refused lines that an answer tells of. */
    private static final int EXAMPLES = 3;

    private final long deadlineNanos;
    private final GatewayMeters meters;
    private final List<CompletableFuture<Receipt>> underWay = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private int lines;
    private int refused;
    private Outcome.@Nullable Undelivered undelivered;

    /**
     * @param deadlineNanos until when to wait, a time of {@link System#nanoTime}
     */
    LogResult(long deadlineNanos, GatewayMeters meters) {
        this.deadlineNanos = deadlineNanos;
        this.meters = meters;
    }

    void sent(CompletableFuture<Receipt> answer) {
        lines++;
        underWay.add(answer);
    }

    void refused(String id, InvalidEventException e) {
        if (examples.size() < EXAMPLES) {
            examples.add("line " + (lines + 1) + ": " + e.explanation());
        }
        meters.count(ItemResult.refused(lines, id, e));
        lines++;
        refused++;
    }

    /** Waits for what is under way. */
    void await() {
        for (CompletableFuture<Receipt> answer : underWay) {
            Outcome outcome = Outcome.await(answer, deadlineNanos);
            meters.count(outcome);
            if (outcome instanceof Outcome.Undelivered failure) {
                undelivered = failure;
            }
        }
        underWay.clear();
    }

    /** How many will never be stored as they are. */
    int refused() {
        return refused;
    }

    /** Which were refused, and why, for a person; empty if none was. */
    String explanation() {
        if (refused == 0) {
            return "";
        }
        String more = refused > EXAMPLES ? "; and " + (refused - EXAMPLES) + " more" : "";
        return refused + " of " + lines + " lines refused, the others are stored: " + String.join("; ", examples)
                + more;
    }

    /** Why one was not acknowledged, so that all of it should be sent again; null if all were. */
    Outcome.@Nullable Undelivered undelivered() {
        return undelivered;
    }
}
