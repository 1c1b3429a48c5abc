package dev.dise.ingest;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Store;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to Kafka without ever making the caller wait: emit and forget. Thread-safe; one per process is enough.
 *
 * <p>The broker may be absent, dead or frozen: events wait in memory, bounded in bytes and in time, and what does not
 * fit, or is not acknowledged in time, goes to a spool on disk, from which this process or the next delivers it. What the
 * spool cannot take either, or would where the {@link Overflow} is another, is dropped and counted by reason, and reported
 * downstream. Events of one subject arrive in the order in which one thread emitted them. A crash of the process loses what
 * is in memory, a second's worth at most while the spool takes what Kafka does not; {@link #flush} says when nothing is.
 */
public final class ArtifactEmitter implements AutoCloseable {
    /** How long {@link #close()} and the exit of the JVM wait for acknowledgements. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

    private final EmitterSettings settings;
    private final LongSupplier nanoClock;
    private final Drops drops;
    private final Outbox outbox;
    private final Pauses pauses = new Pauses();
    private final Course course;
    private final Sender sender;
    private final Executor answers = AnswerThread.executor();
    private final QuerySide querySide;
    private final ExitHook exitHook = new ExitHook(this);
    private volatile boolean closing;
    private volatile boolean closed;
    private @Nullable FlushReport lastReport;

    ArtifactEmitter(
            EmitterSettings settings,
            Supplier<Producer<byte[], byte[]>> producers,
            LongSupplier nanoClock,
            QuerySide querySide) {
        this.querySide = querySide;
        this.settings = settings;
        this.nanoClock = nanoClock;
        this.drops = new Drops(nanoClock);
        this.outbox = new Outbox(settings.bufferBytes(), drops);
        this.course = course(new Handover(new LazyProducer(producers, nanoClock)));
        LossReports reports = new LossReports(settings, drops, this::send, nanoClock);
        this.sender = new Sender(course, outbox, pauses, () -> {
            drops.warnIfDue();
            reports.reportIfDue(delivered());
        });
    }

    private Course course(Handover handover) {
        if (settings.overflow() instanceof Overflow.Spool spool) {
            Detour detour = new Detour(spool.settings(), outbox, drops, nanoClock);
            return new SpoolCourse(outbox, handover, detour, nanoClock);
        }
        return new DirectCourse(outbox, handover, settings.deliveryTimeout(), pauses, nanoClock);
    }

    /** Where an emitter begins: bootstrap servers and source are required, the rest has defaults. */
    public static EmitterBuilder builder() {
        return new EmitterBuilder();
    }

    ArtifactEmitter start() {
        sender.start();
        // The first event of a process loads the codec and seeds the ids: a fifth of a second that no call shall take.
        Event unused = Event.of(settings.source(), Log.of("none", LogLevel.DEBUG, "none"));
        return this;
    }

    ArtifactEmitter closeAtExit() {
        exitHook.add();
        return this;
    }

    /**
     * Emits the data as a new event of this emitter's source and run, happening now. Returns within microseconds and
     * never throws: data that is no event is dropped and counted like everything else that cannot be delivered.
     */
    public void emit(EventData data) {
        emit(data, Instant.now());
    }

    /** Emits the data like {@link #emit(EventData)}, as an event that happened then. */
    public void emit(EventData data, Instant time) {
        Event event = encoded(data, time);
        if (event != null) {
            emit(event);
        }
    }

    /** Emits the event as it is, but for what the redaction hides. Returns within microseconds and never throws. */
    public void emit(Event event) {
        Pending pending = pending(event, null);
        if (pending != null) {
            accept(pending);
        }
    }

    /**
     * Emits the event, and tells the outcome: a receipt once it is safe, in Kafka or on the disk of the spool, else {@link
     * NotDeliveredException}.
     *
     * <p>What hangs on the future runs on one thread that all answers of this emitter share. Blocking there delays other
     * answers, though never the sending; use the {@code …Async} methods for work that takes its time.
     */
    public CompletableFuture<Receipt> send(Event event) {
        CompletableFuture<Receipt> outcome = new CompletableFuture<>();
        Pending pending = pending(event, outcome);
        if (pending == null) {
            outcome.completeExceptionally(
                    new NotDeliveredException(event.envelope().id(), DropReason.INVALID));
        } else {
            accept(pending);
        }
        return outcome.whenCompleteAsync((receipt, failure) -> {}, answers);
    }

    /**
     * Waits until who reads the store sees the event, for the rare caller who must read its own write: it asks the query
     * service ({@link EmitterBuilder#queryApi}) up to a hundred times a second, then less often. Blocks; so it is nothing for
     * what hangs on the future of {@link #send}. Never throws for the transport's sake: whatever keeps it from an answer is
     * {@link Visibility.NotYet}.
     */
    public Visibility awaitVisible(Receipt receipt, Store store, Duration timeout) {
        return querySide.await(receipt.envelope(), store, timeout);
    }

    /**
     * Waits until Kafka has acknowledged what was emitted before this call and what is on disk, or the time is over. What
     * is pending then stays under way. Events emitted meanwhile are not waited for.
     */
    public FlushReport flush(Duration timeout) {
        List<Pending> before = outbox.unsettled();
        await(before, timeout);
        return drops.report(
                before.stream().filter(pending -> !pending.isSettled()).toList(),
                course.spool().events());
    }

    /** What happened so far. */
    public EmitterStats stats() {
        SpoolBooks spool = course.spool();
        long delivered = delivered();
        long buffered = outbox.accepted() + spool.recovered() - delivered - drops.total() - spool.events();
        return new EmitterStats(
                outbox.accepted(),
                spool.recovered(),
                delivered,
                drops.byReason(),
                Math.max(0, buffered),
                outbox.bytes(),
                spool.events(),
                spool.bytes());
    }

    /** Closes with {@link #CLOSE_TIMEOUT}. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Takes no more events and waits for acknowledgements like {@link #flush}. What is left then goes to the spool, or is
     * dropped and counted where there is none. Calling it again changes nothing and returns the same report.
     */
    public synchronized FlushReport close(Duration timeout) {
        if (lastReport == null) {
            lastReport = shutDown(timeout);
        }
        return lastReport;
    }

    private FlushReport shutDown(Duration timeout) {
        closing = true;
        exitHook.remove();
        await(outbox.unsettled(), timeout);
        sender.stop(STOP_PATIENCE);
        closed = true;
        outbox.unsettled().forEach(pending -> outbox.drop(pending, DropReason.CLOSED));
        drops.warn();
        return drops.report(List.of(), course.spool().events());
    }

    private long delivered() {
        return outbox.delivered() + course.spool().delivered();
    }

    /** The event of the data; null if there is none, which is counted. */
    private @Nullable Event encoded(EventData data, Instant time) {
        try {
            return Event.of(EventIds.next(), settings.source(), time, data)
                    .with(settings.runId(), settings.traceparent().get());
        } catch (InvalidEventException e) {
            boolean tooLarge = e.reason() == InvalidEventException.Reason.TOO_LARGE;
            outbox.refuse(tooLarge ? DropReason.TOO_LARGE : DropReason.INVALID, EventIds.next());
        } catch (Throwable e) {
            // Details that JSON cannot say, that changed while they were written or whose own code fails, with an error
            // even. A log line is not worth a crash.
            outbox.refuse(DropReason.INVALID, EventIds.next());
        }
        return null;
    }

    /** What goes to the outbox; null if the redaction fails, which is counted: better no event than a secret one. */
    private @Nullable Pending pending(Event event, @Nullable CompletableFuture<Receipt> outcome) {
        try {
            return new Pending(settings.redaction().apply(event), nanoClock.getAsLong(), outcome);
        } catch (Throwable e) {
            outbox.refuse(DropReason.INVALID, event.envelope().id());
            return null;
        }
    }

    private void accept(Pending pending) {
        if (closing) {
            outbox.refuse(pending, DropReason.CLOSED);
        } else if (offer(pending)) {
            pauses.wake();
            course.relieve();
            if (closed) {
                // Slipped in while the outbox was being cleared for good: nobody else would ever settle it.
                outbox.drop(pending, DropReason.CLOSED);
            }
        } else {
            outbox.refuse(pending, course.noRoom());
        }
    }

    private boolean offer(Pending pending) {
        if (outbox.offer(pending)) {
            return true;
        }
        if (pending.bytes() > settings.bufferBytes()) {
            // There will never be room for it.
            return false;
        }
        if (course.waitForRoom(pending)) {
            return true;
        }
        if (settings.overflow() instanceof Overflow.DropOldest) {
            return offerInsteadOfOldest(pending);
        }
        return settings.overflow() instanceof Overflow.Block block && offerWithin(block.timeout(), pending);
    }

    private boolean offerInsteadOfOldest(Pending pending) {
        while (outbox.dropOldest()) {
            if (outbox.offer(pending)) {
                return true;
            }
        }
        return false;
    }

    private boolean offerWithin(Duration timeout, Pending pending) {
        long deadline = System.nanoTime() + nanosOf(timeout);
        while (System.nanoTime() - deadline < 0 && !Thread.currentThread().isInterrupted()) {
            pauses.wake();
            LockSupport.parkNanos(this, POLL_NANOS);
            if (outbox.offer(pending)) {
                return true;
            }
        }
        return false;
    }

    /** Until these are in Kafka or dropped, and all that is on disk by then too. */
    private void await(List<Pending> events, Duration timeout) {
        long deadline = System.nanoTime() + nanosOf(timeout);
        for (Pending event : events) {
            awaitUntil(deadline, event::isSettled);
        }
        long onDisk = course.spool().taken();
        awaitUntil(deadline, () -> course.spool().left() >= onDisk);
    }

    /** Or three centuries. */
    private static long nanosOf(Duration timeout) {
        return timeout.compareTo(LONGEST) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
    }

    private void awaitUntil(long deadline, BooleanSupplier condition) {
        // An interrupt is as if the time were over; the caller sees it where it looks for it.
        while (!condition.getAsBoolean()
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            pauses.wake();
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }
}
