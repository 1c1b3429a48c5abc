package dev.dise.ingest;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells downstream what was lost, as a {@code log} event of the tool {@value #TOOL_ID}: once something is delivered again
 * after a loss, and then at most every ten seconds. Belongs to the sender's thread.
 */
final class LossReports {
    /** The tool id of reports, by which whoever keeps the books finds them. */
    static final String TOOL_ID = "dise.emitter";

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();
    private static final long LOOK_INTERVAL = Duration.ofMillis(100).toNanos();

    private final EmitterSettings settings;
    private final Drops drops;
    private final Consumer<Event> outbox;
    private final LongSupplier nanoClock;
    private Map<DropReason, Long> told = Map.of();
    private @Nullable Instant since;
    private long deliveredBefore;
    private long notBefore;
    private long lookAgainAt;

    LossReports(EmitterSettings settings, Drops drops, Consumer<Event> outbox, LongSupplier nanoClock) {
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
        boolean lineIsGood = delivered > deliveredBefore;
        deliveredBefore = delivered;
        Map<DropReason, Long> untold = drops.since(told);
        if (untold.isEmpty()) {
            return;
        }
        since = since == null ? Instant.now() : since;
        if (lineIsGood && now - notBefore >= 0) {
            notBefore = now + INTERVAL;
            told = drops.byReason();
            outbox.accept(report(untold, since));
            since = null;
        }
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
