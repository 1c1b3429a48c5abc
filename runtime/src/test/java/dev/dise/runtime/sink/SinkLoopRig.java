package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.runtime.Health;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A loop on a consumer that is moved by hand. */
abstract class SinkLoopRig {
    static final String NAME = "test-sink";
    static final String TOPIC = Topic.BULK.topicName();
    static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
    static final TopicPartition P1 = new TopicPartition(TOPIC, 1);
    static final Duration LONG = Duration.ofMinutes(1);

    final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    final ManualClock clock = new ManualClock();
    final Health health = new Health();
    final InMemorySink store = new InMemorySink();
    final RecordingRefusals refusals = new RecordingRefusals();
    final Map<TopicPartition, Long> beginnings = new HashMap<>(Map.of(P0, 0L, P1, 0L));

    SinkLoop<DecodedEvent> loop(Sink<DecodedEvent> sink) {
        return loop(sink, refusals, null);
    }

    SinkLoop<DecodedEvent> loop(Sink<DecodedEvent> sink, Refusals deadLetters, @Nullable Positions positions) {
        SinkLoop<DecodedEvent> loop = joining(sink, deadLetters, positions);
        assign(loop, P0, P1);
        return loop;
    }

    /** A loop that has no partitions yet. */
    SinkLoop<DecodedEvent> joining(Sink<DecodedEvent> sink, Refusals deadLetters, @Nullable Positions positions) {
        SinkLoop<DecodedEvent> loop = new SinkLoop<>(parts(sink, deadLetters, positions), consumer);
        consumer.subscribe(List.of(TOPIC), loop);
        consumer.updateBeginningOffsets(beginnings);
        return loop;
    }

    void assign(SinkLoop<DecodedEvent> loop, TopicPartition... partitions) {
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(partitions)));
        loop.step();
    }

    /** The mock would keep a revoked partition paused, which a real consumer does not. */
    void revokeZero() {
        consumer.resume(List.of(P0));
        consumer.rebalance(List.of(P1));
    }

    SinkWorker.Parts<DecodedEvent> parts(Sink<DecodedEvent> sink, Refusals deadLetters, @Nullable Positions positions) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), LONG, new Random(1));
        return new SinkWorker.Parts<>(
                NAME, Topic.BULK.topicName(), new EventDecoder(), sink, deadLetters, positions, backoff, clock, health);
    }

    static Sink<DecodedEvent> before(Sink<DecodedEvent> sink, Runnable action) {
        return new Sink<>() {
            @Override
            public void write(Batch<DecodedEvent> batch, Refusals refusals)
                    throws StoreUnavailableException, PlaceLostException {
                action.run();
                sink.write(batch, refusals);
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    void add(TopicPartition partition, long offset, String id) {
        consumer.addRecord(record(partition, offset, event(id)));
    }

    void addGarbage(TopicPartition partition, long offset) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, partition.partition(), offset, null, "garbage".getBytes(UTF_8)));
    }

    static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, Event event) {
        ProducerRecord<byte[], byte[]> sent = EventDeliveries.toSend(TOPIC, event);
        return new ConsumerRecord<>(
                TOPIC,
                partition.partition(),
                offset,
                0L,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers()),
                Optional.empty());
    }

    static Event event(String id) {
        return Event.of(id, "urn:dise:test", Instant.EPOCH, Log.of("tool", LogLevel.INFO, "hello"));
    }

    static String id(Delivery<DecodedEvent> delivery) {
        return delivery.content().envelope().id();
    }

    Map<TopicPartition, OffsetAndMetadata> committed() {
        return consumer.committed(Set.of(P0, P1));
    }

    Health.@Nullable State state() {
        Health.Report report = health.parts().get(NAME);
        return report == null ? null : report.state();
    }

    static Partition zero() {
        return new Partition(TOPIC, 0);
    }
}
