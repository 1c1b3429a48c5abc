package dev.dise.rag.compare;

import dev.dise.rag.PointVersion;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.kafka.GroupPlaces;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Kafka knows of the points: their versions, those that were refused, and how far the sink is. */
final class VectorsHistory {
    private static final String LETTERS = Topic.DEAD_LETTERS.topicName();

    private final KafkaClients kafka;
    private final String topic;
    private final String group;
    private final int dimension;
    private final Map<Partition, Long> read = new HashMap<>();
    private final Map<Partition, Long> lettersRead = new HashMap<>();
    private ScanStart start;
    private long records;

    /**
     * @param topic the vectors topic
     * @param group of the sink that writes the collection
     * @param dimension of the vectors that the collection takes
     */
    VectorsHistory(KafkaClients kafka, String topic, String group, int dimension, ScanStart start) {
        this.kafka = kafka;
        this.topic = topic;
        this.group = group;
        this.dimension = dimension;
        this.start = start;
    }

    /** How many records were read so far. */
    long records() {
        return records;
    }

    /** Reads on to the topic's present end, and then the dead letters; the first time from the start. */
    void readOn(ExpectedPoints expected, WorkProgress progress) {
        try (TopicScan scan = TopicScan.open(kafka, topic, start)) {
            for (List<SourceRecord> some = scan.next(); !some.isEmpty(); some = scan.next()) {
                some.forEach(record -> note(record, expected));
                progress.at("reading", scan.done(), scan.total());
            }
            records += scan.done();
            scan.spans().forEach((partition, span) -> read.put(partition, span.to()));
        }
        start = new ScanStart.At(read);
        readLetters(expected);
    }

    /** Up to which offset, exclusive, the sink has written each partition. */
    Map<Integer, Long> written() {
        Map<Integer, Long> written = new HashMap<>();
        GroupPlaces.of(kafka, group).forEach((partition, place) -> {
            if (partition.topic().equals(topic)) {
                written.put(partition.number(), place);
            }
        });
        return written;
    }

    private void note(SourceRecord record, ExpectedPoints expected) {
        try {
            PointVersion version = PointVersion.from(record);
            if (version.fits(dimension)) {
                expected.apply(new ExpectedPoint(version, record.partition().number(), record.offset()));
            }
        } catch (InvalidEventException e) {
            // The sink has made a dead letter of it: it is no point.
        }
    }

    private void readLetters(ExpectedPoints expected) {
        try (TopicScan scan = TopicScan.open(kafka, LETTERS, new ScanStart.At(lettersRead))) {
            for (List<SourceRecord> some = scan.next(); !some.isEmpty(); some = scan.next()) {
                some.stream()
                        .filter(letter -> topic.equals(letter.header(DeadLetterHeaders.TOPIC)))
                        .forEach(letter -> refuse(letter, expected));
            }
            scan.spans().forEach((partition, span) -> lettersRead.put(partition, span.to()));
        }
    }

    private static void refuse(SourceRecord letter, ExpectedPoints expected) {
        String partition = letter.header(DeadLetterHeaders.PARTITION);
        String offset = letter.header(DeadLetterHeaders.OFFSET);
        if (partition != null && offset != null && partition.matches("\\d{1,9}") && offset.matches("\\d{1,18}")) {
            expected.refuse(Integer.parseInt(partition), Long.parseLong(offset));
        }
    }
}
