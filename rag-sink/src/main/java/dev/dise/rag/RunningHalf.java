package dev.dise.rag;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.MeteredSink;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.SinkWorker;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** A half at work, with its letters, until closed. */
record RunningHalf(String name, SinkWorker<?> worker, DeadLetters letters, Health health) implements AutoCloseable {

    /** Starts them. What is refused by more than one is a letter once: of the half that readers see. */
    record Starter(DiseConfig config, Health health, Metrics metrics, Halves halves, Forgotten forgotten) {
        /**
         * Starts a half.
         *
         * @param stage what it is called in metrics and letters
         * @param isSeen whether readers see what it writes
         */
        <T> RunningHalf start(Half<T> half, String stage, BooleanSupplier isSeen) {
            KafkaClients kafka = new KafkaClients(config.kafka());
            DeadLetters letters = new DeadLetters(
                    stage, kafka.producer(stage + "-dead-letters"), metrics.registry(), Clock.systemUTC());
            var parts = new SinkWorker.Parts<>(
                    half.name(),
                    half.topic(),
                    half.decoder(),
                    new MeteredSink<>(half.sink(), stage, metrics.registry()),
                    lettersOf(stage, letters, isSeen),
                    null,
                    Backoff.standard(),
                    Clock.systemUTC(),
                    health,
                    halves.failpoints(),
                    forgotten.counting(stage, metrics.registry()));
            return new RunningHalf(
                    half.name(), SinkWorker.start(parts, kafka.consumer(half.group(), half.batch())), letters, health);
        }

        private Refusals lettersOf(String stage, DeadLetters letters, BooleanSupplier isSeen) {
            return rejections -> {
                if (isSeen.getAsBoolean()) {
                    letters.accept(rejections);
                } else {
                    metrics.registry()
                            .counter("dise.refused.by.followers", "stage", stage)
                            .increment(rejections.size());
                }
            };
        }
    }

    @Override
    public void close() {
        worker.close();
        letters.close();
    }

    /** Closes it for good, where others go on. */
    void retire() {
        close();
        health.forget(name);
    }
}
