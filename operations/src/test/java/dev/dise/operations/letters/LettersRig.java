package dev.dise.operations.letters;

import dev.dise.operations.Progress;
import dev.dise.operations.audit.AuditLog;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A broker, a stage that refuses what it is told to, and what is done with its letters. */
final class LettersRig implements AutoCloseable {
    static final String BY = "tester";

    final KafkaStack kafka;
    final AuditLog audit;
    final Letters letters;
    private final DeadLetters stage;

    private LettersRig(KafkaStack kafka) {
        this.kafka = kafka;
        this.audit = new AuditLog(kafka.clients());
        this.letters = new Letters(kafka.clients(), audit, Letters.MAX_ATTEMPTS, Progress.none());
        this.stage = new DeadLetters(
                "pg-sink", kafka.clients().producer("test-letters"), new SimpleMeterRegistry(), Clock.systemUTC());
    }

    static LettersRig start(Path folder) {
        return new LettersRig(KafkaStack.start(folder, 2));
    }

    /** A log event, as it stands in {@code dise.bulk}. */
    SourceRecord stored(String toolId) throws Exception {
        return stored(toolId, 1).get(0);
    }

    /** Log events, as they stand in {@code dise.bulk}. */
    List<SourceRecord> stored(String toolId, int count) throws Exception {
        List<Event> events = Stream.generate(() -> Event.of("urn:dise:test", Log.of(toolId, LogLevel.INFO, "hello")))
                .limit(count)
                .toList();
        kafka.send(Topic.BULK, events);
        Set<String> ids = events.stream().map(event -> event.envelope().id()).collect(Collectors.toSet());
        return kafka.read(Topic.BULK).stream()
                .filter(record -> ids.contains(String.valueOf(record.header("ce_id"))))
                .toList();
    }

    /** The newest record of {@code dise.bulk} with that event. */
    SourceRecord newest(String eventId) {
        return bulk(eventId).getLast();
    }

    /** All records of {@code dise.bulk} with that event. */
    List<SourceRecord> bulk(String eventId) {
        return kafka.read(Topic.BULK).stream()
                .filter(record -> eventId.equals(record.header("ce_id")))
                .toList();
    }

    LetterId refuse(SourceRecord record, String reason, String message) throws StoreUnavailableException {
        refuse(List.of(record), reason, message);
        int attempts = Integer.parseInt(DeadLetterHeaders.attempts(record.header(DeadLetterHeaders.ATTEMPTS)));
        return new LetterId(record.partition(), record.offset(), attempts);
    }

    void refuse(List<SourceRecord> records, String reason, String message) throws StoreUnavailableException {
        stage.accept(records.stream()
                .map(record -> new Rejection(record, reason, message))
                .toList());
    }

    RedriveReport redrive(RedriveOrder order) {
        return new Redrive(letters, kafka.clients(), audit).run(order, Progress.none());
    }

    LetterEntry entry(LetterId id) {
        return letters.list(LetterFilter.of(id), 10).get(0);
    }

    @Override
    public void close() {
        stage.close();
        audit.close();
        kafka.close();
    }
}
