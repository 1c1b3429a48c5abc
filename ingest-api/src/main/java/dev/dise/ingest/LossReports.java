package dev.dise.ingest;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells downstream what was lost, as a {@code log} event of the tool {@value #TOOL_ID}: once something is delivered again
 * after a loss, and then at most every ten seconds. A report that is lost itself is made again. Belongs to the sender's
 * thread.
 */
final class LossReports {
    /** The tool id of reports, by which whoever keeps the books finds them. */
    static final String TOOL_ID = "dise.emitter";

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();
    private static final long LOOK_INTERVAL = Duration.ofMillis(100).toNanos();

    private final EmitterSettings settings;
    private final Drops drops;
    private final Function<Event, CompletableFuture<Receipt>> outbox;
    private final LongSupplier nanoClock;
    private Map<DropReason, Long> told = Map.of();
    private @Nullable Instant since;
    private @Nullable UnderWay underWay;
    private boolean lineIsGood;
    private long deliveredBefore;
    private long notBefore;
    private long lookAgainAt;

    /** A report that was sent, and all that was told once it has arrived. */
    private record UnderWay(CompletableFuture<Receipt> outcome, Map<DropReason, Long> totals, Instant since) {}

    /**
     * @param outbox sends an event, and says what becomes of it
     */
    LossReports(
            EmitterSettings settings,
            Drops drops,
            Function<Event, CompletableFuture<Receipt>> outbox,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.drops = drops;
        this.outbox = outbox;
        this.nanoClock = nanoClock;
        this.notBefore = nanoClock.getAsLong();
        this.lookAgainAt = notBefore;
    }

    /**
     * Reports if there is something new to tell and the line is good.
     *
     * @param delivered events delivered so far
     */
    void reportIfDue(long delivered) {
        long now = nanoClock.getAsLong();
        if (now - lookAgainAt < 0) {
            return;
        }
        lookAgainAt = now + LOOK_INTERVAL;
        boolean delivers = delivered > deliveredBefore;
        deliveredBefore = delivered;
        if (!isAnswered()) {
            return;
        }
        Map<DropReason, Long> totals = drops.byReason();
        Map<DropReason, Long> untold = Drops.since(told, totals);
        lineIsGood = !untold.isEmpty() && (lineIsGood || delivers);
        if (untold.isEmpty()) {
            return;
        }
        Instant from = since == null ? Instant.now() : since;
        since = from;
        if (lineIsGood && now - notBefore >= 0) {
            notBefore = now + INTERVAL;
            underWay = new UnderWay(outbox.apply(report(untold, from)), totals, from);
            since = null;
        }
    }

    /** Whether no report is under way; the last one was either told or is to be made again. */
    private boolean isAnswered() {
        UnderWay last = underWay;
        if (last == null) {
            return true;
        }
        if (!last.outcome().isDone()) {
            return false;
        }
        underWay = null;
        if (last.outcome().isCompletedExceptionally()) {
            since = last.since();
        } else {
            told = last.totals();
            lineIsGood = false;
        }
        return true;
    }

    private Event report(Map<DropReason, Long> untold, Instant from) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("source", settings.source());
        details.put("since", from.toString());
        details.put("dropped", untold);
        Log log = Log.of(TOOL_ID, LogLevel.WARNING, "events were dropped").withDetails(details);
        return Event.of(settings.source(), log).withRunId(settings.runId());
    }
}
