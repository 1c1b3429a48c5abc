package dev.dise.runtime.sink;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import dev.dise.schemas.InvalidEventException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: poll, decode, write, dead letters, commit. There is no queue between poll and write, so back-pressure is
 * simply not polling. While the store is away the batch is kept, the partitions pause, polling goes on so that the
 * group keeps this member, and the same batch is tried again. Runs in one thread.
 */
final class SinkLoop<T> implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(SinkLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String name;
    private final Consumer<byte[], byte[]> consumer;
    private final Decoder<T> decoder;
    private final Sink<T> sink;
    private final Refusals deadLetters;
    private final Positions positions;
    private final Backoff backoff;
    private final Clock clock;
    private final Health health;
    private final Failpoints failpoints;
    private final Predicate<SourceRecord> leftOut;

    private final Set<Partition> unplaced = new HashSet<>();
    private @Nullable Pending<T> pending;
    private boolean opened;
    private boolean joined;
    private boolean up;
    private int failures;
    private Instant nextTry = Instant.MIN;

    /**
     * A batch that is not written yet.
     *
     * @param undecodable the records between its deliveries that could not be decoded
     * @param refused the records of it that are safe as dead letters: however often it is tried, each costs one
     */
    private record Pending<T>(Batch<T> batch, List<Rejection> undecodable, Set<SourceRecord> refused) {}

    SinkLoop(SinkWorker.Parts<T> parts, Consumer<byte[], byte[]> consumer) {
        this.name = parts.name();
        this.consumer = consumer;
        this.decoder = parts.decoder();
        this.sink = parts.sink();
        this.deadLetters = parts.deadLetters();
        this.positions = parts.positions() == null ? new GroupPositions(consumer) : parts.positions();
        this.backoff = parts.backoff();
        this.clock = parts.clock();
        this.health = parts.health();
        this.failpoints = parts.failpoints();
        this.leftOut = parts.leftOut();
    }

    /** Moves at most one batch; waits at most a fifth of a second for one. */
    void step() {
        ConsumerRecords<byte[], byte[]> records = poll();
        if (!records.isEmpty()) {
            pending = decode(records);
        }
        if (!clock.instant().isBefore(nextTry)) {
            placeAndWrite();
        }
    }

    /** A place that is no longer in the topic is never skipped in silence. */
    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            throw new IllegalStateException(Gap.describe(consumer, e.offsetOutOfRangePartitions()), e);
        }
    }

    private void placeAndWrite() {
        try {
            open();
            place();
            if (pending != null) {
                write(pending);
            }
            recovered();
        } catch (StoreUnavailableException e) {
            pause(e);
        } catch (PlaceLostException e) {
            log.atWarn()
                    .addKeyValue("sink", name)
                    .addKeyValue("reason", e.getMessage())
                    .log("place lost, reading it anew");
            pending = null;
            onPartitionsAssigned(consumer.assignment());
        }
    }

    private void open() throws StoreUnavailableException {
        if (!opened) {
            sink.open();
            opened = true;
        }
    }

    private void write(Pending<T> batch) throws StoreUnavailableException, PlaceLostException {
        // As late as can be, so that an outage of the store cannot make a letter twice: with what the store refuses, or
        // after it where the store has nothing to refuse.
        sink.write(batch.batch(), rejections -> refuse(batch, rejections));
        refuse(batch, List.of());
        failpoints.hit("sink.before_kafka_commit");
        commit(batch.batch().spans());
        failpoints.hit("sink.after_kafka_commit");
        pending = null;
    }

    /** Makes letters of these and of what could not be decoded, all at once; of each record one. */
    private void refuse(Pending<T> batch, List<Rejection> rejections) throws StoreUnavailableException {
        List<Rejection> fresh = Stream.concat(batch.undecodable().stream(), rejections.stream())
                .filter(rejection -> !batch.refused().contains(rejection.record()))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        failpoints.hit("dlq.before_ack");
        deadLetters.accept(fresh);
        failpoints.hit("dlq.after_ack");
        fresh.forEach(rejection -> batch.refused().add(rejection.record()));
    }

    private void pause(StoreUnavailableException e) {
        failures++;
        Duration usual = backoff.after(failures);
        Duration wait = usual.compareTo(e.leastWait()) < 0 ? e.leastWait() : usual;
        nextTry = clock.instant().plus(wait);
        consumer.pause(consumer.assignment());
        health.report(name, State.WAITING, e.getMessage() + "; trying again");
        log.atWarn()
                .addKeyValue("sink", name)
                .addKeyValue("attempt", failures)
                .addKeyValue("waitMillis", wait.toMillis())
                .addKeyValue("reason", e.getMessage())
                .log("store unavailable, will retry");
    }

    private void recovered() {
        if (failures > 0) {
            log.atInfo()
                    .addKeyValue("sink", name)
                    .addKeyValue("attempts", failures)
                    .log("store is back");
        }
        if (failures > 0 || !consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
        if (joined && (failures > 0 || !up)) {
            health.report(name, State.UP, "writing");
            up = true;
        }
        failures = 0;
    }

    private Pending<T> decode(ConsumerRecords<byte[], byte[]> records) {
        List<Delivery<T>> deliveries = new ArrayList<>(records.count());
        List<Rejection> undecodable = new ArrayList<>();
        Map<Partition, Span> spans = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> part = records.records(partition);
            spans.put(
                    KafkaRecords.partition(partition),
                    new Span(part.get(0).offset(), part.get(part.size() - 1).offset() + 1));
            part.forEach(record -> decode(KafkaRecords.sourceRecord(record), deliveries, undecodable));
        }
        return new Pending<>(new Batch<>(deliveries, spans), undecodable, new HashSet<>());
    }

    private void decode(SourceRecord record, List<Delivery<T>> deliveries, List<Rejection> undecodable) {
        if (leftOut.test(record)) {
            return;
        }
        try {
            deliveries.add(new Delivery<>(record, decoder.decode(record)));
        } catch (InvalidEventException e) {
            undecodable.add(new Rejection(record, e.reason().name(), e.explanation()));
        }
    }

    private void commit(Map<Partition, Span> spans) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        spans.forEach((partition, span) ->
                offsets.put(KafkaRecords.topicPartition(partition), new OffsetAndMetadata(span.to())));
        try {
            consumer.commitSync(offsets);
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
            // The partitions moved while we wrote, or the coordinator is away. Whoever reads next writes the batch
            // again, which the store ignores by event id; so nothing is lost and nothing doubles.
            log.atWarn()
                    .addKeyValue("sink", name)
                    .addKeyValue("reason", e.toString())
                    .log("offsets not committed");
        }
    }

    private void place() throws StoreUnavailableException {
        if (unplaced.isEmpty()) {
            return;
        }
        Map<Partition, Long> known = positions.of(Set.copyOf(unplaced));
        for (Partition partition : unplaced) {
            TopicPartition topicPartition = KafkaRecords.topicPartition(partition);
            Long next = known.get(partition);
            if (next == null) {
                consumer.seekToBeginning(Set.of(topicPartition));
            } else {
                consumer.seek(topicPartition, next);
            }
        }
        unplaced.clear();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        assigned.forEach(partition -> unplaced.add(KafkaRecords.partition(partition)));
        // Nothing may be fetched before the place is known. The consumer wants some place at once, and raises where
        // the group has none, so it gets one that is never read from.
        consumer.pause(assigned);
        consumer.seekToBeginning(assigned);
        joined = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        Set<Partition> gone = new HashSet<>();
        revoked.forEach(partition -> gone.add(KafkaRecords.partition(partition)));
        unplaced.removeAll(gone);
        if (pending != null) {
            Batch<T> rest = pending.batch().without(gone);
            List<Rejection> undecodable = pending.undecodable().stream()
                    .filter(rejection -> !gone.contains(rejection.record().partition()))
                    .toList();
            pending = rest.spans().isEmpty() ? null : new Pending<>(rest, undecodable, pending.refused());
        }
    }
}
