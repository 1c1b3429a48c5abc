package dev.dise.rag.generations;

import dev.dise.rag.Half;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.PlaceLostException;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.InvalidEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Runs a half outside the sink, in a thread of its own until closed: from where its group was, in large batches. It commits
 * for the group without joining it, so that the sink goes on from there; and what was written before a kill is written again,
 * which changes nothing. What is refused was refused before, as a dead letter of the live half: here it is only counted.
 */
final class Loader<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), RandomGenerator.getDefault());

    private final Half<T> half;
    private final Consumer<byte[], byte[]> consumer;
    private final Forgotten forgotten;
    private final Pace pace;
    private final Failpoints failpoints;
    private final Thread thread;
    private final Map<Integer, Long> places = new ConcurrentHashMap<>();
    private final Set<Integer> placed = new HashSet<>();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable Throwable failure;
    private volatile boolean stopping;

    private Loader(
            Half<T> half, Consumer<byte[], byte[]> consumer, Forgotten forgotten, Pace pace, Failpoints failpoints) {
        this.half = half;
        this.forgotten = forgotten;
        this.consumer = consumer;
        this.pace = pace;
        this.failpoints = failpoints;
        this.thread = new Thread(this::run, "rebuild of " + half.name());
    }

    /**
     * Starts.
     *
     * @param batch records of one poll at most
     */
    static <T> Loader<T> start(Half<T> half, int batch, KafkaClients kafka, Pace pace, Failpoints failpoints) {
        Loader<T> loader =
                new Loader<>(half, kafka.consumer(half.group(), batch), Forgotten.now(kafka), pace, failpoints);
        loader.thread.start();
        return loader;
    }

    /** The next offset of each partition; all before it is written. */
    Map<Integer, Long> places() {
        return new TreeMap<>(places);
    }

    /** Records that it has read. */
    long records() {
        return records.get();
    }

    /** Records that the store will never take. */
    long refused() {
        return refused.get();
    }

    /** Throws what has ended it, if anything has. */
    void requireAlive() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the rebuild of " + half.name() + " stopped: " + cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a rebuild ends", e);
        }
    }

    private void run() {
        try (consumer) {
            begin();
            patiently(() -> half.sink().open());
            while (!stopping) {
                step();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            half.sink().close();
        }
    }

    private void begin() {
        List<TopicPartition> partitions = consumer.partitionsFor(half.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(begins.keySet());
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata known = committed.get(partition);
            long begin = begins.getOrDefault(partition, 0L);
            // A place before the beginning is a gap that was accepted.
            consumer.seek(partition, known == null ? begin : Math.max(begin, known.offset()));
            places.put(partition.partition(), consumer.position(partition));
        }
    }

    private void step() {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        long begin = System.nanoTime();
        if (!polled.isEmpty()) {
            Batch<T> batch = Batch.of(decode(polled));
            if (!batch.deliveries().isEmpty()) {
                patiently(() -> half.sink().write(batch, rejections -> refused.addAndGet(rejections.size())));
            }
            failpoints.hit("rebuild.before_commit");
        }
        commit();
        records.addAndGet(polled.count());
        if (!polled.isEmpty()) {
            pace.after(Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private List<Delivery<T>> decode(ConsumerRecords<byte[], byte[]> polled) {
        List<Delivery<T>> deliveries = new ArrayList<>(polled.count());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            SourceRecord source = KafkaRecords.sourceRecord(record);
            if (forgotten.isForgotten(source)) {
                continue;
            }
            try {
                deliveries.add(new Delivery<>(source, half.decoder().decode(source)));
            } catch (InvalidEventException e) {
                // A dead letter already.
                refused.incrementAndGet();
            }
        }
        return deliveries;
    }

    /** Positions, not records: compaction and transactions leave offsets without one. */
    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition);
            // Also an empty partition gets a place: the group has read it, to its end.
            if (placed.add(partition.partition()) || position > places.getOrDefault(partition.partition(), 0L)) {
                moved.put(partition, new OffsetAndMetadata(position));
            }
        }
        if (!moved.isEmpty()) {
            consumer.commitSync(moved);
            moved.forEach((partition, place) -> places.put(partition.partition(), place.offset()));
        }
    }

    private void patiently(Attempt attempt) {
        for (int failures = 1; ; failures++) {
            try {
                attempt.make();
                return;
            } catch (StoreUnavailableException e) {
                if (stopping) {
                    throw new IllegalStateException("stopped while waiting: " + e.getMessage(), e);
                }
                Duration usual = BACKOFF.after(failures);
                Waiting.pause(usual.compareTo(e.leastWait()) < 0 ? e.leastWait() : usual);
            } catch (PlaceLostException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What may fail for a while. */
    @FunctionalInterface
    private interface Attempt {
        void make() throws StoreUnavailableException, PlaceLostException;
    }
}
