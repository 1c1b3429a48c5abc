package dev.dise.bench;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends so many records a second, from number 0 on, until it is stopped. */
public final class SteadySender implements AutoCloseable {
    private static final int SLICES_PER_SECOND = 20;

    private final Producer<byte[], byte[]> producer;
    private final IntFunction<ProducerRecord<byte[], byte[]>> records;
    private final int perSecond;
    private final AtomicInteger sent;
    private final Thread thread = new Thread(this::run, "steady-sender");
    private volatile boolean stopped;

    private SteadySender(
            Producer<byte[], byte[]> producer,
            IntFunction<ProducerRecord<byte[], byte[]>> records,
            int perSecond,
            AtomicInteger sent) {
        this.producer = producer;
        this.records = records;
        this.perSecond = perSecond;
        this.sent = sent;
    }

    /**
     * Starts sending.
     *
     * @param sent counts what the broker has acknowledged
     */
    public static SteadySender start(
            KafkaConfig kafka, IntFunction<ProducerRecord<byte[], byte[]>> records, int perSecond, AtomicInteger sent) {
        SteadySender sender =
                new SteadySender(new KafkaClients(kafka).producer("bench-steady"), records, perSecond, sent);
        sender.thread.start();
        return sender;
    }

    /** Returns once all that was sent is acknowledged. */
    public void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.flush();
    }

    @Override
    public void close() {
        stop();
        producer.close();
    }

    private void run() {
        long begun = System.nanoTime();
        for (int slice = 1, number = 0; !stopped; slice++) {
            for (int i = 0; i < perSecond / SLICES_PER_SECOND; i++) {
                var unused = producer.send(records.apply(number++), (place, failure) -> {
                    if (failure == null) {
                        sent.incrementAndGet();
                    }
                });
            }
            sleepUntil(begun + slice * TimeUnit.SECONDS.toNanos(1) / SLICES_PER_SECOND);
        }
    }

    private static void sleepUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
