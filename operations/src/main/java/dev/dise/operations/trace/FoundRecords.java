package dev.dise.operations.trace;

import dev.dise.operations.RecordView;
import dev.dise.operations.trace.Trace.Sighting;
import dev.dise.runtime.kafka.VectorsTopics;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records of one event; one that is found twice is one. */
final class FoundRecords {
    private final Map<String, SourceRecord> records = new LinkedHashMap<>();

    void add(SourceRecord record) {
        records.putIfAbsent(record.toString(), record);
    }

    Collection<SourceRecord> all() {
        return records.values();
    }

    /** The first that was found in the topic. */
    Optional<SourceRecord> first(Topic topic) {
        return records.values().stream()
                .filter(record -> record.partition().topic().equals(topic.topicName()))
                .findFirst();
    }

    /** What their headers say the event is; empty if none says it. */
    Optional<Envelope> envelope() {
        return records.values().stream()
                .flatMap(record -> envelopeOf(record).stream())
                .findFirst();
    }

    /** When the gateway received it. */
    Optional<Instant> receivedAt() {
        return records.values().stream()
                .flatMap(record -> receivedAt(record).stream())
                .findFirst();
    }

    /** How large its data is; 0 where no record has any. */
    int bytes() {
        return records.values().stream()
                .filter(record -> !isOfVectors(record))
                .flatMap(record -> Optional.ofNullable(record.value()).stream())
                .mapToInt(value -> value.length)
                .findFirst()
                .orElse(0);
    }

    /** In the order of the line. */
    List<Sighting> sightings(boolean raw) {
        return records.values().stream()
                .sorted(Comparator.comparingInt(FoundRecords::order)
                        .thenComparing(SourceRecord::appendedAt)
                        .thenComparingLong(SourceRecord::offset))
                .map(record -> sighting(record, raw))
                .toList();
    }

    /** The envelope of a record; empty if its headers are none. */
    static Optional<Envelope> envelopeOf(SourceRecord record) {
        try {
            return Optional.of(EnvelopeHeaders.decode(record::header));
        } catch (InvalidEventException e) {
            // That is why it was refused; what can be shown of it is shown without.
            return Optional.empty();
        }
    }

    private static Optional<Instant> receivedAt(SourceRecord record) {
        try {
            return Optional.ofNullable(record.header(EnvelopeHeaders.RECEIVED)).map(EnvelopeHeaders::parseTime);
        } catch (InvalidEventException e) {
            // A stranger's header.
            return Optional.empty();
        }
    }

    private static Sighting sighting(SourceRecord record, boolean raw) {
        RecordView view = RecordView.of(record);
        String what = "event";
        if (isOfVectors(record)) {
            what = (record.value() == null ? "end of point " : "point ") + view.keyText();
        }
        return new Sighting(
                record.partition().topic(),
                record.partition().number(),
                record.offset(),
                record.appendedAt(),
                what,
                raw ? view : null);
    }

    private static boolean isOfVectors(SourceRecord record) {
        return VectorsTopics.isOne(record.partition().topic());
    }

    private static int order(SourceRecord record) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.topicName().equals(record.partition().topic()))
                .mapToInt(Topic::ordinal)
                .findFirst()
                .orElse(Topic.values().length);
    }
}
