package dev.dise.pg.generations;

import dev.dise.pg.Row;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.Span;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Reads the topic from some places to its present end and makes rows of it, ahead of who writes them and in order per
 * partition. Memory is bounded by the bytes that may wait. Used by one thread, which closes it.
 */
final class EventPipe implements AutoCloseable {
    /** Polls: more than are written together, so that who writes finds the next ones done. */
    private static final int AHEAD = 12;

    private static final int KIBIBYTES_AHEAD = 32 * 1024;
    private static final int DECODERS = 2;
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Chunk END = new Chunk(List.of(), Map.of(), 0, 0, 0);

    private final TopicScan scan;
    private final Predicate<SourceRecord> isWanted;
    private final Forgotten forgotten;
    private final ExecutorService decoders = Executors.newFixedThreadPool(
            DECODERS, Thread.ofPlatform().name("rebuild-decoder-", 1).daemon().factory());
    private final ThreadLocal<EventDecoder> decoder = ThreadLocal.withInitial(EventDecoder::flat);
    private final BlockingQueue<Waiting> ahead = new ArrayBlockingQueue<>(AHEAD);
    private final Semaphore room = new Semaphore(KIBIBYTES_AHEAD);
    private final Thread reader =
            Thread.ofPlatform().name("rebuild-reader").daemon().unstarted(this::read);
    private final long total;
    private volatile boolean closed;

    /**
     * What one poll became.
     *
     * @param records that were read
     * @param undecodable of them, which are in no row
     * @param bytes of the values
     */
    record Chunk(List<Row> rows, Map<Partition, Span> spans, long records, long undecodable, long bytes) {
        boolean isEnd() {
            return records == 0;
        }
    }

    /**
     * What waits to be taken.
     *
     * @param room that it takes
     */
    private record Waiting(CompletableFuture<Chunk> chunk, int room) {}

    private EventPipe(TopicScan scan, Predicate<SourceRecord> isWanted, Forgotten forgotten) {
        this.forgotten = forgotten;
        this.scan = scan;
        this.isWanted = isWanted;
        this.total = scan.total();
    }

    /** Begins to read. */
    static EventPipe open(KafkaClients clients, Map<Partition, Long> places) {
        return open(clients, places, record -> true);
    }

    /** The same of some records only. */
    static EventPipe open(KafkaClients clients, Map<Partition, Long> places, Predicate<SourceRecord> isWanted) {
        TopicScan scan = TopicScan.open(clients, Topic.BULK.topicName(), new ScanStart.At(places));
        EventPipe pipe = new EventPipe(scan, isWanted, Forgotten.now(clients));
        pipe.reader.start();
        return pipe;
    }

    /** How many offsets it covers. */
    long total() {
        return total;
    }

    /** The next rows; the last one is the end. */
    Chunk next() {
        try {
            Waiting first = ahead.take();
            Chunk chunk = first.chunk().join();
            room.release(first.room());
            return chunk;
        } catch (CompletionException e) {
            throw new IllegalStateException("reading ended: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            // The reader may wait for room; an interrupt would reach into Kafka's client, which does not like it.
            do {
                ahead.clear();
                room.release(KIBIBYTES_AHEAD);
            } while (!reader.join(LOOK));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reader.interrupt();
        }
        decoders.shutdownNow();
    }

    private void read() {
        try (scan) {
            while (!closed) {
                List<SourceRecord> records = scan.next();
                if (records.isEmpty()) {
                    ahead.put(new Waiting(CompletableFuture.completedFuture(END), 0));
                    return;
                }
                int needed = roomFor(records);
                room.acquire(needed);
                ahead.put(new Waiting(CompletableFuture.supplyAsync(() -> decode(records), decoders), needed));
            }
        } catch (InterruptedException e) {
            // Closed before its end: nobody waits for more.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Tells who waits; what waits before it is not needed any more. */
    private void failed(RuntimeException e) {
        ahead.clear();
        ahead.add(new Waiting(CompletableFuture.failedFuture(e), 0));
    }

    /** In KiB; one poll always has room alone. */
    private static int roomFor(List<SourceRecord> records) {
        long bytes = 0;
        for (SourceRecord record : records) {
            byte[] value = record.value();
            bytes += value == null ? 0 : value.length;
        }
        return (int) Math.min(KIBIBYTES_AHEAD, bytes / 1024);
    }

    private Chunk decode(List<SourceRecord> records) {
        List<Row> rows = new ArrayList<>(records.size());
        Map<Partition, Span> spans = new HashMap<>();
        long undecodable = 0;
        long bytes = 0;
        for (SourceRecord record : records) {
            if (!isWanted.test(record)) {
                continue;
            }
            byte[] value = record.value();
            bytes += value == null ? 0 : value.length;
            spans.merge(
                    record.partition(),
                    new Span(record.offset(), record.offset() + 1),
                    (before, one) -> new Span(before.from(), one.to()));
            if (forgotten.isForgotten(record)) {
                continue;
            }
            try {
                rows.add(Row.from(new Delivery<>(record, decoder.get().decode(record))));
            } catch (InvalidEventException e) {
                // The live sink has made a dead letter of it; a rebuild only counts.
                undecodable++;
            }
        }
        return new Chunk(rows, spans, records.size(), undecodable, bytes);
    }
}
