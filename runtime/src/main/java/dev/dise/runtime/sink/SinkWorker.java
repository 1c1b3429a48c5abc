package dev.dise.runtime.sink;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import dev.dise.runtime.Service;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves batches from a topic to a sink, in a thread of its own, until closed. A bug or wrong set-up ends it loudly with
 * nothing committed of the batch at hand.
 *
 * @param <T> what the sink writes
 */
public final class SinkWorker<T> implements Service {
    private static final Logger log = LoggerFactory.getLogger(SinkWorker.class);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Parts<T> parts;
    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;

    /**
     * What a worker is made of.
     *
     * @param name the service, as in {@code pg-sink}
     * @param topic the name of the topic that is read
     * @param sink closed together with the worker
     * @param deadLetters takes what cannot be decoded and what the sink refuses; closed by its owner
     * @param positions null if the consumer group keeps the place
     * @param leftOut which records are skipped: neither written nor refused, and their offsets are done with
     */
    public record Parts<T>(
            String name,
            String topic,
            Decoder<T> decoder,
            Sink<T> sink,
            Refusals deadLetters,
            @Nullable Positions positions,
            Backoff backoff,
            Clock clock,
            Health health,
            Failpoints failpoints,
            Predicate<SourceRecord> leftOut) {
        /** Parts of a worker that leaves nothing out. */
        public Parts(
                String name,
                String topic,
                Decoder<T> decoder,
                Sink<T> sink,
                Refusals deadLetters,
                @Nullable Positions positions,
                Backoff backoff,
                Clock clock,
                Health health,
                Failpoints failpoints) {
            this(
                    name,
                    topic,
                    decoder,
                    sink,
                    deadLetters,
                    positions,
                    backoff,
                    clock,
                    health,
                    failpoints,
                    record -> false);
        }

        /** Parts of a worker that nothing happens to. */
        public Parts(
                String name,
                String topic,
                Decoder<T> decoder,
                Sink<T> sink,
                Refusals deadLetters,
                @Nullable Positions positions,
                Backoff backoff,
                Clock clock,
                Health health) {
            this(name, topic, decoder, sink, deadLetters, positions, backoff, clock, health, Failpoints.none());
        }
    }

    private SinkWorker(Parts<T> parts, Consumer<byte[], byte[]> consumer) {
        this.parts = parts;
        this.consumer = consumer;
        this.thread = new Thread(this::run, parts.name());
    }

    /**
     * Starts reading.
     *
     * @param consumer belongs to the worker from here on
     */
    public static <T> SinkWorker<T> start(Parts<T> parts, Consumer<byte[], byte[]> consumer) {
        parts.health().report(parts.name(), State.STARTING, "joining its group");
        SinkWorker<T> worker = new SinkWorker<>(parts, consumer);
        worker.thread.start();
        return worker;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        stopping = true;
        if (Thread.currentThread() != thread) {
            ended.exceptionally(failure -> null).join();
        }
    }

    private void run() {
        try (consumer) {
            SinkLoop<T> loop = new SinkLoop<>(parts, consumer);
            consumer.subscribe(List.of(parts.topic()), loop);
            while (!stopping) {
                loop.step();
            }
            consumer.close(CloseOptions.timeout(LEAVE));
        } catch (RuntimeException | Error failure) {
            fail(failure);
        } finally {
            parts.sink().close();
        }
        ended.complete(null);
    }

    private void fail(Throwable failure) {
        parts.health().report(parts.name(), State.FAILED, "stopped by " + failure);
        log.atError().addKeyValue("sink", parts.name()).setCause(failure).log("sink stopped, nothing committed");
        ended.completeExceptionally(failure);
    }
}
