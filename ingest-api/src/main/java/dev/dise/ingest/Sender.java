package dev.dise.ingest;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * The thread that owns the producer and hands it the events of the outbox in order. It alone waits where Kafka makes
 * callers wait: for metadata, and for room in the producer's memory.
 */
final class Sender {
    private static final long RETRY_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_SLEEP = Duration.ofSeconds(1).toNanos();

    private final Outbox outbox;
    private final Drops drops;
    private final LazyProducer producer;
    private final LongSupplier nanoClock;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "dise-emitter");
    private volatile boolean stopping;

    Sender(Outbox outbox, Drops drops, LazyProducer producer, LongSupplier nanoClock) {
        this.outbox = outbox;
        this.drops = drops;
        this.producer = producer;
        this.nanoClock = nanoClock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Says that the outbox has something new; costs nothing while the thread is awake. */
    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** Ends the thread and its producer, at once and whatever is under way; waits for the end for a while. */
    void stop(Duration patience) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(Math.max(1, patience.toMillis()));
    }

    private void run() {
        try {
            while (!stopping) {
                Pending next = outbox.take();
                if (next == null) {
                    sleep();
                } else {
                    handOver(next);
                }
                drops.warnIfDue();
            }
        } finally {
            // The interrupt has done its work; left standing, it would disturb the closing of the producer.
            boolean ignored = Thread.interrupted();
            producer.close();
        }
    }

    private void sleep() {
        asleep.set(true);
        if (outbox.isEmpty() && !stopping) {
            LockSupport.parkNanos(this, LONGEST_SLEEP);
        }
        asleep.set(false);
    }

    /** Tries until the producer has the event, its time is over or the thread is to end. */
    private void handOver(Pending pending) {
        while (!stopping) {
            if (pending.isExpired(nanoClock.getAsLong())) {
                outbox.drop(pending, DropReason.DELIVERY_TIMEOUT);
                return;
            }
            if (producerTakes(pending)) {
                return;
            }
            drops.warnIfDue();
            LockSupport.parkNanos(this, RETRY_PAUSE);
        }
    }

    private boolean producerTakes(Pending pending) {
        Producer<byte[], byte[]> current = producer.get();
        if (current == null) {
            return false;
        }
        Answer answer = new Answer(pending);
        try {
            // The answer comes by callback; the future would say the same.
            Future<?> unused = current.send(EventRecords.encode(pending.event()), answer);
        } catch (InterruptException e) {
            // We are asked to end; the loops see it.
            return false;
        } catch (RuntimeException e) {
            // Kafka tells what may be cured through the answer; what it throws means this producer is finished.
            producer.discard(e);
            return false;
        }
        if (!answer.tooEarly) {
            producer.isGood();
        }
        return !answer.tooEarly;
    }

    /** Kafka's answer for one event: mostly on the producer's own thread, at the door on ours. */
    private final class Answer implements Callback {
        private final Pending pending;
        /** Not taken: no metadata yet, or no room. Only ever touched by the sender's thread. */
        private boolean tooEarly;

        Answer(Pending pending) {
            this.pending = pending;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null && metadata != null) {
                outbox.deliver(
                        pending,
                        new Receipt.InKafka(
                                pending.event().envelope(),
                                metadata.topic(),
                                metadata.partition(),
                                metadata.offset()));
            } else if (failure instanceof RetriableException && Thread.currentThread() == thread) {
                tooEarly = true;
            } else {
                outbox.drop(pending, reasonOf(failure));
            }
        }

        private DropReason reasonOf(@Nullable Exception failure) {
            return stopping || failure == null ? DropReason.CLOSED : DropReason.of(failure);
        }
    }
}
