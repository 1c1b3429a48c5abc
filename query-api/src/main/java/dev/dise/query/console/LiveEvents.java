package dev.dise.query.console;

import dev.dise.operations.tail.Passing;
import dev.dise.operations.tail.TailFilter;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Events of {@code dise.events} from now on, for one who looks: true counts, and at most twenty rows a second, those first
 * that come first. Used by one thread.
 */
public final class LiveEvents implements AutoCloseable {
    private static final int ROWS_A_SECOND = 20;
    private static final int LONGEST_TEXT = 300;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final long SECOND = 1_000_000_000L;

    private final Consumer<byte[], byte[]> consumer;
    private final TailFilter filter;
    private long passed;
    private long matched;
    private long shown;

    /** How many events have passed, how many of them the filter takes, and how many of those were shown. */
    public record Seen(long passed, long matched, long shown) {}

    /** Begins at the topic's end. */
    public LiveEvents(KafkaClients clients, TailFilter filter) {
        this.filter = filter;
        this.consumer = clients.reader("dise-console", 1_000);
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.EVENTS.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** What comes within the next second. */
    public List<Map<String, Object>> nextSecond() {
        List<Map<String, Object>> rows = new ArrayList<>();
        long deadline = System.nanoTime() + SECOND;
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                passed++;
                take(record, rows);
            }
        }
        return rows;
    }

    /** The counts since the beginning. */
    public Seen seen() {
        return new Seen(passed, matched, shown);
    }

    @Override
    public void close() {
        // It has no group to leave; a broker that is away must not hold up whoever closes.
        consumer.close(CloseOptions.timeout(CLOSE));
    }

    private void take(ConsumerRecord<byte[], byte[]> record, List<Map<String, Object>> rows) {
        Passing passing = Passing.of(record);
        if (filter.takes(passing)) {
            matched++;
            if (rows.size() < ROWS_A_SECOND) {
                rows.add(row(passing));
                shown++;
            }
        }
    }

    private static Map<String, Object> row(Passing passing) {
        Map<String, Object> row = new LinkedHashMap<>();
        Envelope envelope = passing.envelope();
        row.put("event_id", envelope == null ? "" : envelope.id());
        row.put("type", envelope == null ? "?" : envelope.type().wireName());
        row.put("time", EnvelopeHeaders.formatTime(passing.time()));
        row.put("subject", passing.subject());
        if (!passing.level().isEmpty()) {
            row.put("level", passing.level());
        }
        String says = passing.says();
        row.put("text", says.length() <= LONGEST_TEXT ? says : says.substring(0, LONGEST_TEXT) + "…");
        return row;
    }
}
