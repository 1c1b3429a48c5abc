package dev.dise.pg.compare;

import dev.dise.pg.RecordWriter;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.SourceRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Brings what a scan reads into tables. The next records are read and decoded while PostgreSQL takes the last ones; no more
 * than these two lots are in memory.
 */
final class ScratchLoad implements AutoCloseable {
    private static final int LOT_RECORDS = 8_000;
    private static final long LOT_BYTES = 8L * 1024 * 1024;

    private final TopicScan scan;
    private final RecordWriter writer;
    private final Predicate<SourceRecord> isForgotten;
    private final ExecutorService reading =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "compare-reading"));

    /** What is done with a lot once it is written. */
    @FunctionalInterface
    interface AfterLot {
        void run() throws SQLException;
    }

    /** Some consecutive records of the topic, decoded. */
    private record Lot(List<Delivery<DecodedEvent>> events, long done, boolean isLast) {}

    /**
     * @param scan read by this alone; closed by its owner
     * @param isForgotten which records are to be left out
     */
    ScratchLoad(TopicScan scan, RecordWriter writer, Predicate<SourceRecord> isForgotten) {
        this.scan = scan;
        this.writer = writer;
        this.isForgotten = isForgotten;
    }

    /** Returns once the scan is at its end and everything is written. */
    void run(AfterLot afterLot, WorkProgress progress) throws SQLException {
        try {
            CompletableFuture<Lot> next = read();
            for (boolean more = true; more; ) {
                Lot lot = next.join();
                more = !lot.isLast();
                if (more) {
                    next = read();
                }
                writer.write(lot.events());
                afterLot.run();
                progress.at("reading", lot.done(), scan.total());
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits until nothing is read any more, so that the scan can be closed. */
    @Override
    public void close() {
        reading.close();
    }

    private CompletableFuture<Lot> read() {
        return CompletableFuture.supplyAsync(this::lot, reading);
    }

    private Lot lot() {
        List<Delivery<DecodedEvent>> events = new ArrayList<>();
        long bytes = 0;
        while (events.size() < LOT_RECORDS && bytes < LOT_BYTES) {
            List<SourceRecord> records = scan.next();
            if (records.isEmpty()) {
                return new Lot(events, scan.done(), true);
            }
            bytes += records.stream().mapToLong(ScratchLoad::size).sum();
            events.addAll(
                    writer.decode(records.stream().filter(isForgotten.negate()).toList()));
        }
        return new Lot(events, scan.done(), false);
    }

    private static long size(SourceRecord record) {
        byte[] value = record.value();
        return value == null ? 0 : value.length;
    }
}
