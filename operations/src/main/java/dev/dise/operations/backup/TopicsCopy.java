package dev.dise.operations.backup;

import dev.dise.operations.backup.TopicFacts.PartitionFacts;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Copies topics from their beginnings to their ends. */
final class TopicsCopy {
    /** Then nothing can have been compacted away behind the reader that it has not read in front. */
    private static final long FEW = 1_000;

    private static final long PATIENCE_SECONDS = 60;
    private static final long PAUSE_MILLIS = 50;

    private final KafkaClients clients;
    private final Broker broker;
    private final BackupFolder folder;
    private final long fileBytes;
    private final Passed passed;

    /** Is told of each step how many offsets are done. */
    @FunctionalInterface
    interface Passed {
        void offsets(long more);
    }

    TopicsCopy(KafkaClients clients, Broker broker, BackupFolder folder, long fileBytes, Passed passed) {
        this.clients = clients;
        this.broker = broker;
        this.folder = folder;
        this.fileBytes = fileBytes;
        this.passed = passed;
    }

    /** Copies what the topic holds when this is called, and maybe more. */
    TopicFacts copy(String topic) throws IOException {
        Map<String, String> settings = broker.settings(topic, true);
        awaitNoOpenTransaction(topic);
        Map<Partition, Span> spans = new TreeMap<>();
        try (TopicFiles files = new TopicFiles(folder, topic, fileBytes)) {
            long read = read(topic, new ScanStart.Beginning(), spans, files);
            // What a compacted topic has lost while it was read, something behind it replaces: so that must be read
            // too.
            while (isCompacted(settings) && read > FEW) {
                read = read(topic, new ScanStart.At(ends(spans)), spans, files);
            }
            files.finish();
            return new TopicFacts(topic, settings, facts(spans, files));
        }
    }

    private long read(String topic, ScanStart start, Map<Partition, Span> spans, TopicFiles files) throws IOException {
        try (TopicScan scan = TopicScan.open(clients, topic, start)) {
            scan.spans()
                    .forEach((partition, span) ->
                            spans.merge(partition, span, (first, next) -> new Span(first.from(), next.to())));
            long done = 0;
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                for (SourceRecord record : records) {
                    files.write(record);
                }
                passed.offsets(scan.done() - done);
                done = scan.done();
            }
            passed.offsets(scan.total() - done);
            return scan.total();
        }
    }

    /**
     * A transaction that a router has committed may not be readable yet, though its group's place says that it is done. So
     * what is written now must become readable before it is copied.
     */
    private void awaitNoOpenTransaction(String topic) {
        Collection<String> one = List.of(topic);
        Map<TopicPartition, Long> written = broker.ends(one);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReached(written, broker.committedEnds(one))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("a transaction on " + topic + " has been open for " + PATIENCE_SECONDS
                        + " s: end what holds it, or wait until Kafka does, and begin again");
            }
            pause();
        }
    }

    private static boolean isReached(Map<TopicPartition, Long> wanted, Map<TopicPartition, Long> there) {
        return wanted.entrySet().stream().allMatch(end -> there.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were copied", e);
        }
    }

    private static boolean isCompacted(Map<String, String> settings) {
        return settings.getOrDefault("cleanup.policy", "").contains("compact");
    }

    private static Map<Partition, Long> ends(Map<Partition, Span> spans) {
        return spans.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, span -> span.getValue().to()));
    }

    private static List<PartitionFacts> facts(Map<Partition, Span> spans, TopicFiles files) {
        List<PartitionFacts> facts = new ArrayList<>();
        spans.forEach((partition, span) -> facts.add(
                new PartitionFacts(partition.number(), span.from(), span.to(), files.records(partition.number()))));
        return facts;
    }
}
