package dev.dise.operations.slice;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the records of a topic from a time to its present end, piece by piece, and remembers how far it is: killed and begun
 * again with the same name it goes on from the last piece or second. Used by one thread.
 */
public final class SliceReader {
    private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(1);

    private final KafkaClients kafka;
    private final String topic;
    private final Patience patience;

    public SliceReader(KafkaClients kafka, String topic, Patience patience) {
        this.kafka = kafka;
        this.topic = topic;
        this.patience = patience;
    }

    /**
     * Which slice, and under which name it is remembered.
     *
     * @param kind what it is for, as in {@code replay}
     * @param name everything that makes it that one
     * @param since null for the topic's beginning
     * @param restart whether to forget how far an earlier one came
     */
    public record Slice(String kind, String name, @Nullable Instant since, boolean restart) {
        String group() {
            return Checkpoint.name(kind, name);
        }
    }

    /**
     * What was read.
     *
     * @param read offsets that were passed
     * @param resumed whether an earlier one was gone on with
     */
    public record Result(long read, boolean resumed) {}

    /** Reads without remembering anything. */
    public long look(@Nullable Instant since, Consumer<List<SourceRecord>> work, SliceProgress progress) {
        try (TopicScan scan = TopicScan.open(kafka, topic, start(since))) {
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                work.accept(records);
                progress.at("reading", scan.done(), scan.total());
            }
            return scan.done();
        }
    }

    /**
     * Reads, and remembers how far; at the end nothing is remembered.
     *
     * @param work what it gets twice must do no harm
     */
    public Result read(Slice slice, Consumer<List<SourceRecord>> work, SliceProgress progress) {
        try (Checkpoint checkpoint = new Checkpoint(kafka, slice.group())) {
            Map<Partition, Long> before = patience.with(progress, () -> begin(checkpoint, slice));
            ScanStart start = before.isEmpty() ? start(slice.since()) : new ScanStart.At(before);
            long read;
            try (TopicScan scan = TopicScan.open(kafka, topic, start)) {
                read = readAll(scan, work, checkpoint, progress);
            }
            patience.with(progress, () -> {
                checkpoint.delete();
                return true;
            });
            return new Result(read, !before.isEmpty());
        }
    }

    private static Map<Partition, Long> begin(Checkpoint checkpoint, Slice slice) throws StoreUnavailableException {
        if (slice.restart()) {
            checkpoint.delete();
        }
        return checkpoint.read();
    }

    private long readAll(
            TopicScan scan, Consumer<List<SourceRecord>> work, Checkpoint checkpoint, SliceProgress progress) {
        Map<Partition, Long> places = new HashMap<>();
        scan.spans().forEach((partition, span) -> places.put(partition, span.from()));
        save(checkpoint, places, progress);
        long saved = System.nanoTime();
        for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
            work.accept(records);
            records.forEach(record -> places.merge(record.partition(), record.offset() + 1, Math::max));
            if (System.nanoTime() - saved > NANOS_BETWEEN) {
                save(checkpoint, places, progress);
                saved = System.nanoTime();
            }
            progress.at("reading", scan.done(), scan.total());
        }
        return scan.done();
    }

    private void save(Checkpoint checkpoint, Map<Partition, Long> places, SliceProgress progress) {
        patience.with(progress, () -> {
            checkpoint.save(places);
            return true;
        });
    }

    private static ScanStart start(@Nullable Instant since) {
        return since == null ? new ScanStart.Beginning() : new ScanStart.Since(since);
    }
}
