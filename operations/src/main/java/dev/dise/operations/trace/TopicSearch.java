package dev.dise.operations.trace;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Looks for the records of one event in one topic. It stops behind them, since they are near each other: once it has read on
 * in their partition without another. Only {@code everyCopy} makes it read on to the end.
 */
final class TopicSearch implements Callable<TopicSearch.Result> {
    private final KafkaClients clients;
    private final String topic;
    private final ScanStart start;
    private final Watch watch;

    /**
     * What was found.
     *
     * @param looked how many offsets were gone through
     */
    record Result(String topic, List<SourceRecord> records, long looked) {}

    /** What the searches of several topics tell each other. */
    interface Watch {
        boolean isSought(SourceRecord record);

        /** Told for each record that is sought. */
        void found(SourceRecord record);

        /** Whether it is known by now that the topic has none. */
        boolean isInVain(String topic);

        /** Whether the whole topic is to be read. */
        boolean everyCopy();

        /** Told now and then. */
        void at(String topic, long done, long total);
    }

    TopicSearch(KafkaClients clients, String topic, ScanStart start, Watch watch) {
        this.clients = clients;
        this.topic = topic;
        this.start = start;
        this.watch = watch;
    }

    @Override
    public Result call() {
        List<SourceRecord> found = new ArrayList<>();
        try (TopicScan scan = TopicScan.open(clients, topic, start)) {
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                boolean more = take(records, found);
                watch.at(topic, scan.done(), scan.total());
                if (watch.isInVain(topic) || (!watch.everyCopy() && !more && isBehind(records, found))) {
                    break;
                }
            }
            return new Result(topic, found, scan.done());
        }
    }

    private boolean take(List<SourceRecord> records, List<SourceRecord> found) {
        boolean any = false;
        for (SourceRecord record : records) {
            if (watch.isSought(record)) {
                found.add(record);
                watch.found(record);
                any = true;
            }
        }
        return any;
    }

    private static boolean isBehind(List<SourceRecord> records, List<SourceRecord> found) {
        Set<Partition> partitions = new HashSet<>();
        records.forEach(record -> partitions.add(record.partition()));
        return found.stream().anyMatch(record -> partitions.contains(record.partition()));
    }
}
