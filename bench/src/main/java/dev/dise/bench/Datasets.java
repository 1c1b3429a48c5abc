package dev.dise.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.ingest.EventRecords;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.Severity;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.BugReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of each measurement, all made of the same events. */
final class Datasets {
    private static final String LOGS = "tool_logs";
    private static final int ONE_PERCENT = 100;
    /** Which of a hundred records differs, somewhere amid a batch. */
    private static final int ODD_ONE = 37;

    /** A run whose rows {@link SinkRun} has PostgreSQL refuse: of its own accord it takes every value. */
    static final String REFUSED_RUN = "refused";

    private final LogEvents events;

    Datasets(LogEvents events) {
        this.events = events;
    }

    /** Every record is a row. */
    Dataset clean(int records) {
        return new Dataset(records, LOGS, records, 0, this::row);
    }

    /** One record in a hundred is an earlier one once more. */
    Dataset withDuplicates(int records) {
        return new Dataset(
                records, LOGS, records - odd(records), 0, number -> row(isOdd(number) ? number / 2 : number));
    }

    /** One record in a hundred is refused: in turn by the decoder and by PostgreSQL. */
    Dataset withPoison(int records) {
        int odd = odd(records);
        return new Dataset(records, LOGS, records - odd, odd, this::poisoned);
    }

    /** One of all records is refused by PostgreSQL; all have one key, so that they are one batch. */
    Dataset withOneRefused(int records) {
        byte[] key = "tool-0".getBytes(UTF_8);
        return new Dataset(records, LOGS, records - 1, 1, number -> {
            LogEvent event = events.at(number);
            Event sameTool = new LogEvent(
                            event.id(), event.time(), "tool-0", event.level(), event.message(), event.details())
                    .event();
            ProducerRecord<byte[], byte[]> record = bulk(sameTool);
            return new ProducerRecord<>(
                    record.topic(),
                    null,
                    null,
                    key,
                    record.value(),
                    number == records / 3 ? refused(record).headers() : record.headers());
        });
    }

    /** Bugs, of which every fifth is an earlier one seen again. */
    Dataset bugs(int records) {
        int again = records / 5;
        return new Dataset(records, "tool_bugs", records - again, 0, number -> bulk(bug(number, records)));
    }

    private Event bug(int number, int records) {
        LogEvent event = events.at(number);
        boolean again = number % 5 == 4;
        int bug = again ? (number / 10) * 5 : number;
        BugReport report = BugReport.of("bug-" + bug, event.toolId(), Severity.HIGH, event.message())
                .withStackTrace("Traceback (most recent call last):\n  File \"run.py\", line " + number)
                .withDetails(Map.of("run", number, "of", records));
        // A time of its own for each, so that an entity's versions have an order.
        Instant time = event.time().plusNanos(number % 1000 * 1000L);
        return Event.of(EventIds.nameBased("bug event " + number).toString(), LogEvent.SOURCE, time, report);
    }

    private ProducerRecord<byte[], byte[]> poisoned(int number) {
        ProducerRecord<byte[], byte[]> record = row(number);
        if (!isOdd(number)) {
            return record;
        }
        return number / ONE_PERCENT % 2 == 0 ? cutOff(record) : refused(record);
    }

    private ProducerRecord<byte[], byte[]> row(int number) {
        return bulk(events.at(number).event());
    }

    private static ProducerRecord<byte[], byte[]> bulk(Event event) {
        ProducerRecord<byte[], byte[]> record = EventRecords.encode(event);
        return new ProducerRecord<>(Topic.BULK.topicName(), null, null, record.key(), record.value(), record.headers());
    }

    private static ProducerRecord<byte[], byte[]> cutOff(ProducerRecord<byte[], byte[]> record) {
        byte[] half = Arrays.copyOf(record.value(), record.value().length / 2);
        return new ProducerRecord<>(record.topic(), null, null, record.key(), half, record.headers());
    }

    private static ProducerRecord<byte[], byte[]> refused(ProducerRecord<byte[], byte[]> record) {
        record.headers().add(EnvelopeHeaders.RUN_ID, REFUSED_RUN.getBytes(UTF_8));
        return record;
    }

    private static boolean isOdd(int number) {
        return number % ONE_PERCENT == ODD_ONE;
    }

    private static int odd(int records) {
        return (records + ONE_PERCENT - 1 - ODD_ONE) / ONE_PERCENT;
    }
}
