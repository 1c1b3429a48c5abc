package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactEmitterIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    @Test
    void deliversEachEventInOrderPerKeyWithItsEnvelope() throws Exception {
        try (EmbeddedKafka kafka = startWithTopic(0);
                ArtifactEmitter emitter = emitter(kafka.bootstrapServers()).build()) {
            IntStream.range(0, 5000).forEach(i -> emitter.emit(log("tool-" + i % 7, i)));
            Event last = Event.of("urn:dise:tool:x", log("tool-0", 5000));
            Receipt.InKafka receipt = (Receipt.InKafka) emitter.send(last).get(60, TimeUnit.SECONDS);
            assertThat(emitter.flush(LONG).isComplete()).isTrue();
            List<ConsumerRecord<byte[], byte[]>> records = consume(kafka, 5001);
            assertInOrderPerKey(records);
            assertThat(records)
                    .filteredOn(sent -> sent.partition() == receipt.partition() && sent.offset() == receipt.offset())
                    .singleElement()
                    .satisfies(sent -> assertThat(EnvelopeHeaders.decode(name -> header(sent, name)))
                            .isEqualTo(last.envelope()))
                    .satisfies(sent -> assertThat(sent.value()).isEqualTo(last.data()));
        }
    }

    @Test
    void deliversEventsOfAnyTimeAndTheBrokerKeepsThemByItsOwn() throws Exception {
        try (EmbeddedKafka kafka = startWithTopic(0);
                ArtifactEmitter emitter = emitter(kafka.bootstrapServers()).build()) {
            List<Instant> times = Stream.of(-400, -30, -8, 0, 1, 30, 3650)
                    .map(days -> Instant.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.MICROS))
                    .toList();
            Instant before = Instant.now();
            times.forEach(time -> emitter.emit(Event.of(EventIds.next(), "urn:s", time, log("t", 0))));
            assertThat(emitter.flush(LONG).isComplete()).isTrue();
            List<ConsumerRecord<byte[], byte[]>> records = consume(kafka, times.size());
            assertThat(records)
                    .extracting(sent -> EnvelopeHeaders.parseTime(String.valueOf(header(sent, EnvelopeHeaders.TIME))))
                    .containsExactlyElementsOf(times);
            assertThat(records)
                    .allMatch(sent -> sent.timestampType() == TimestampType.LOG_APPEND_TIME)
                    .allMatch(sent -> sent.timestamp() >= before.toEpochMilli() - 1
                            && sent.timestamp() <= System.currentTimeMillis() + 1);
        }
    }

    @Test
    void takesEventsWithNothingListeningAndDeliversThemWhenABrokerStarts() throws Exception {
        int port = freePort();
        try (ArtifactEmitter emitter = emitter("127.0.0.1:" + port).build()) {
            emit(emitter, 10_000);
            assertThat(emitter.flush(Duration.ofMillis(100)).undelivered()).isEqualTo(10_000);
            assertThat(emitter.stats().dropped()).isEmpty();
            try (EmbeddedKafka kafka = startWithTopic(port)) {
                assertThat(emitter.flush(LONG).isComplete()).isTrue();
                assertInOrderPerKey(consume(kafka, 10_000));
            }
        }
    }

    @Test
    void holdsTheBoundOfItsBufferAndCountsTheRest() throws Exception {
        try (ArtifactEmitter emitter = emitter("127.0.0.1:" + freePort())
                .overflow(new Overflow.DropNewest())
                .bufferBytes(1 << 20)
                .build()) {
            emit(emitter, 10_000);
            EmitterStats stats = emitter.stats();
            assertThat(stats.bufferedBytes()).isBetween((1L << 20) - 1024, 1L << 20);
            assertThat(stats.dropped()).containsOnlyKeys(DropReason.BUFFER_FULL);
            assertThat(stats.buffered() + stats.dropped().getOrDefault(DropReason.BUFFER_FULL, 0L))
                    .isEqualTo(10_000);
            FlushReport report = emitter.close(Duration.ofMillis(200));
            assertThat(report.undelivered()).isEqualTo(10_000);
            assertThat(report.dropped()).containsEntry(DropReason.CLOSED, stats.buffered());
        }
    }

    @Test
    void aNameThatDoesNotResolveIsOnlyWaitedFor() throws Exception {
        try (ArtifactEmitter emitter = emitter("no-such-host.invalid:9092").build()) {
            emitter.emit(log("t", 1));
            await().until(() -> emitter.stats().spooled() == 1);
            assertThat(emitter.close(Duration.ofMillis(100))).isEqualTo(new FlushReport(0, 1, Map.of(), List.of()));
        }
    }

    @Test
    void deliversAllOfABurst() throws Exception {
        try (EmbeddedKafka kafka = startWithTopic(0);
                ArtifactEmitter emitter =
                        emitter(kafka.bootstrapServers()).bufferBytes(256 << 20).build()) {
            emit(emitter, 200_000);
            assertThat(emitter.flush(LONG).isComplete()).isTrue();
            assertThat(emitter.stats().delivered()).isEqualTo(200_000);
        }
    }

    @Test
    void outlivesABrokerThatGoesAndComesBack() throws Exception {
        EmbeddedKafka first = startWithTopic(0);
        try (ArtifactEmitter emitter = emitter(first.bootstrapServers()).build()) {
            emit(emitter, 1000);
            assertThat(emitter.flush(LONG).isComplete()).isTrue();
            first.close();
            emit(emitter, 1000);
            assertThat(emitter.flush(Duration.ofMillis(200)).undelivered()).isEqualTo(1000);
            try (EmbeddedKafka second = EmbeddedKafka.start(directory, first.port())) {
                assertThat(emitter.flush(LONG).isComplete()).isTrue();
                assertThat(consume(second, 2000)).hasSize(2000);
            }
        }
    }

    private EmitterBuilder emitter(String bootstrapServers) {
        return ArtifactEmitter.builder()
                .bootstrapServers(bootstrapServers)
                .source("urn:dise:tool:test")
                .spool(directory.resolve("spool"));
    }

    private EmbeddedKafka startWithTopic(int port) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, port);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            NewTopic topic = new NewTopic(Topic.EVENTS.topicName(), PARTITIONS, (short) 1);
            admin.createTopics(List.of(topic.configs(Topic.EVENTS.settings())))
                    .all()
                    .get();
        }
        return kafka;
    }

    private static void emit(ArtifactEmitter emitter, int count) {
        for (int i = 0; i < count; i++) {
            emitter.emit(log("tool-" + i % 7, i));
        }
    }

    private static void assertInOrderPerKey(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<Integer>> numbers = records.stream()
                .collect(Collectors.groupingBy(
                        sent -> new String(sent.key(), UTF_8),
                        Collectors.mapping(ArtifactEmitterIT::number, Collectors.toList())));
        assertThat(numbers).hasSize(7);
        assertThat(numbers.values())
                .allSatisfy(ofKey -> assertThat(ofKey).isSorted().doesNotHaveDuplicates());
    }

    private static int number(ConsumerRecord<byte[], byte[]> sent) {
        return Integer.parseInt(new String(sent.value(), UTF_8).replaceAll(".*\"line (\\d+)\".*", "$1"));
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> sent, String name) {
        var header = sent.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    private static Log log(String toolId, int number) {
        return Log.of(toolId, LogLevel.INFO, "line " + number);
    }

    private static List<ConsumerRecord<byte[], byte[]>> consume(EmbeddedKafka kafka, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topic.EVENTS.topicName(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
        }
        assertThat(records).hasSize(count);
        return records;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
