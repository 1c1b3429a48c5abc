package dev.dise.ingest;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.data.EventData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to Kafka without ever making the caller wait: emit and forget. Thread-safe; one per process is enough.
 *
 * <p>The broker may be absent, dead or frozen: events wait in memory, bounded in bytes and in time, and what does not
 * fit or comes too late is dropped and counted by reason. Events of one subject arrive in the order in which one thread
 * emitted them. A crash of the process loses what is buffered; {@link #flush} says when nothing is.
 */
public final class ArtifactEmitter implements AutoCloseable {
    /** How long {@link #close()} and the exit of the JVM wait for acknowledgements. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration STOP_PATIENCE = Duration.ofMillis(250);

    private final EmitterSettings settings;
    private final LongSupplier nanoClock;
    private final Drops drops;
    private final Outbox outbox;
    private final Sender sender;
    private final Executor answers = AnswerThread.executor();
    private final ExitHook exitHook = new ExitHook(this);
    private volatile boolean closing;
    private volatile boolean closed;
    private @Nullable FlushReport lastReport;

    ArtifactEmitter(EmitterSettings settings, Supplier<Producer<byte[], byte[]>> producers, LongSupplier nanoClock) {
        this.settings = settings;
        this.nanoClock = nanoClock;
        this.drops = new Drops(nanoClock);
        this.outbox = new Outbox(settings.bufferBytes(), drops);
        this.sender = new Sender(outbox, drops, new LazyProducer(producers, nanoClock), nanoClock);
    }

    /** Where an emitter begins: bootstrap servers and source are required, the rest has defaults. */
    public static EmitterBuilder builder() {
        return new EmitterBuilder();
    }

    ArtifactEmitter start() {
        sender.start();
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
        Event event;
        try {
            event = Event.of(settings.source(), data).withRunId(settings.runId());
        } catch (InvalidEventException e) {
            boolean tooLarge = e.reason() == InvalidEventException.Reason.TOO_LARGE;
            outbox.refuse(tooLarge ? DropReason.TOO_LARGE : DropReason.INVALID, EventIds.next());
            return;
        } catch (RuntimeException e) {
            // Details that JSON cannot say, or that changed while they were written. A log line is not worth a crash.
            outbox.refuse(DropReason.INVALID, EventIds.next());
            return;
        }
        emit(event);
    }

    /** Emits the event as it is. Returns within microseconds and never throws. */
    public void emit(Event event) {
        accept(event);
    }

    /**
     * Emits the event, and tells the outcome: a receipt once Kafka has acknowledged it, else {@link
     * NotDeliveredException}.
     *
     * <p>What hangs on the future runs on one thread that all answers of this emitter share. Blocking there delays other
     * answers, though never the sending; use the {@code …Async} methods for work that takes its time.
     */
    public CompletableFuture<Receipt> send(Event event) {
        return accept(event).outcome().whenCompleteAsync((receipt, failure) -> {}, answers);
    }

    /**
     * Waits until Kafka has acknowledged what was emitted before this call, or the time is over. What is pending then
     * stays under way. Events emitted meanwhile are not waited for.
     */
    public FlushReport flush(Duration timeout) {
        List<Pending> before = outbox.unsettled();
        await(before, timeout);
        return drops.report(
                before.stream().filter(pending -> !pending.isSettled()).toList());
    }

    /** What happened so far. */
    public EmitterStats stats() {
        return outbox.stats();
    }

    /** Closes with {@link #CLOSE_TIMEOUT}. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Takes no more events, waits for acknowledgements like {@link #flush}, then drops and counts what is left. Calling
     * it again changes nothing and returns the same report.
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
        stopSender();
        closed = true;
        outbox.unsettled().forEach(pending -> outbox.drop(pending, DropReason.CLOSED));
        drops.warn();
        return drops.report(List.of());
    }

    private Pending accept(Event event) {
        Pending pending = new Pending(
                event, nanoClock.getAsLong() + settings.deliveryTimeout().toNanos());
        if (closing) {
            outbox.refuse(pending, DropReason.CLOSED);
        } else if (outbox.add(pending)) {
            sender.wake();
            if (closed) {
                // Slipped in while the outbox was being cleared for good: nobody else would ever settle it.
                outbox.drop(pending, DropReason.CLOSED);
            }
        }
        return pending;
    }

    private void stopSender() {
        try {
            sender.stop(STOP_PATIENCE);
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry; the thread is a daemon and ends by itself.
            Thread.currentThread().interrupt();
        }
    }

    private static void await(List<Pending> events, Duration timeout) {
        CompletableFuture<?>[] outcomes = events.stream().map(Pending::outcome).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(outcomes).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Dropped or late: either way the report says it.
        } catch (InterruptedException e) {
            // As if the time were over; the caller sees the interrupt where it looks for it.
            Thread.currentThread().interrupt();
        }
    }
}
