package dev.dise.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts dropped events, remembers the first ones for the next report, and warns about them now and then. */
final class Drops {
    private static final Logger log = LoggerFactory.getLogger(ArtifactEmitter.class);
    private static final long WARNING_INTERVAL = Duration.ofSeconds(10).toNanos();

    private final Map<DropReason, LongAdder> counts = new ConcurrentHashMap<>();
    private final LongSupplier nanoClock;
    private final List<String> firstIds = new ArrayList<>();
    private volatile boolean firstIdsWanted = true;
    private Map<DropReason, Long> reported = Map.of();
    private final AtomicLong warnedTotal = new AtomicLong();
    private volatile long nextWarning;

    Drops(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.nextWarning = nanoClock.getAsLong();
    }

    /**
     * Counts one.
     *
     * @param eventId empty if nobody knows it
     */
    void add(DropReason reason, String eventId) {
        counts.computeIfAbsent(reason, first -> new LongAdder()).increment();
        if (firstIdsWanted && !eventId.isEmpty()) {
            remember(eventId);
        }
    }

    long total() {
        return byReason().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Drops since the start, without the reasons that have none. */
    Map<DropReason, Long> byReason() {
        Map<DropReason, Long> totals = new EnumMap<>(DropReason.class);
        counts.forEach((reason, count) -> totals.put(reason, count.sum()));
        return totals;
    }

    /** What of the totals is beyond those that were told. */
    static Map<DropReason, Long> since(Map<DropReason, Long> told, Map<DropReason, Long> totals) {
        Map<DropReason, Long> fresh = new EnumMap<>(DropReason.class);
        totals.forEach((reason, count) -> fresh.put(reason, count - told.getOrDefault(reason, 0L)));
        fresh.values().removeIf(count -> count == 0);
        return fresh;
    }

    /**
     * A report of the drops since the last one.
     *
     * @param pending what is under way in memory
     * @param spooled how many events are on disk
     */
    synchronized FlushReport report(List<Pending> pending, long spooled) {
        Map<DropReason, Long> totals = byReason();
        Map<DropReason, Long> fresh = since(reported, totals);
        pending.stream().limit(FlushReport.MAX_IDS).map(Pending::id).forEach(this::remember);
        FlushReport report = new FlushReport(pending.size(), spooled, fresh, firstIds);
        reported = totals;
        firstIds.clear();
        firstIdsWanted = true;
        return report;
    }

    /** Warns about drops that no warning has told yet, at most once in ten seconds. For the sender's thread. */
    void warnIfDue() {
        if (nanoClock.getAsLong() - nextWarning >= 0) {
            warn();
        }
    }

    /** Warns about drops that no warning has told yet. Holds no lock: a slow log must not hold up who emits. */
    void warn() {
        long total = total();
        long untold = total - warnedTotal.getAndSet(total);
        if (untold > 0) {
            nextWarning = nanoClock.getAsLong() + WARNING_INTERVAL;
            log.atWarn()
                    .addKeyValue("dropped", untold)
                    .addKeyValue("totals", byReason())
                    .log("events were dropped");
        }
    }

    private synchronized void remember(String eventId) {
        if (firstIds.size() < FlushReport.MAX_IDS) {
            firstIds.add(eventId);
        }
        firstIdsWanted = firstIds.size() < FlushReport.MAX_IDS;
    }
}
