package dev.dise.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.RouterConfig;
import dev.dise.runtime.config.RouterConfig.Guarantee;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Evaluation;
import dev.dise.schemas.data.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouterServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int TRIPLES = 100;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void garbageBetweenGoodEventsCostsADeadLetterEachAndTheRouterGoesOn(Guarantee guarantee) throws Exception {
        Health health = new Health();
        try (KafkaStack kafka = KafkaStack.start(folder.resolve("kafka"), 2);
                RouterService service =
                        RouterService.start(config(kafka, guarantee), folder.resolve("state"), health, new Metrics())) {
            kafka.send(Topic.EVENTS, events(0, TRIPLES / 2));
            sendCompressed(kafka, garbage());
            kafka.send(Topic.EVENTS, events(TRIPLES / 2, TRIPLES));
            int garbage = garbage().size();
            await().atMost(PATIENCE).until(() -> kafka.read(Topic.BULK).size() >= 2 * TRIPLES);
            await().atMost(PATIENCE).until(() -> kafka.read(Topic.RAG).size() >= 2 * TRIPLES);
            await().atMost(PATIENCE).until(() -> kafka.deadLetters().size() >= garbage);
            assertThat(ids(kafka.read(Topic.BULK))).hasSize(2 * TRIPLES).doesNotHaveDuplicates();
            assertThat(ids(kafka.read(Topic.RAG))).hasSize(2 * TRIPLES).doesNotHaveDuplicates();
            assertThat(kafka.deadLetters())
                    .allSatisfy(letter -> {
                        assertThat(letter.header("dlq.stage")).isEqualTo("router");
                        assertThat(letter.header("dlq.topic")).isEqualTo("dise.events");
                    })
                    .extracting(letter -> String.valueOf(letter.header("dlq.reason")))
                    .containsExactlyInAnyOrder(
                            "ENVELOPE", "NULL_VALUE", "UNKNOWN_TYPE", "TOO_LARGE", "TOO_LARGE", "TOO_LARGE");
            assertThat(orderOfOneKey(kafka.read(Topic.BULK))).isSorted().hasSize(TRIPLES);
            assertThat(health.isReady()).as(health.parts().toString()).isTrue();
            assertThat(service.ended()).isNotDone();
        }
    }

    private static List<Event> events(int from, int to) {
        List<Event> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Instant now = Instant.now();
            events.add(Event.of("log-%04d".formatted(i), "urn:dise:test", now, Log.of("one", LogLevel.INFO, "m")));
            events.add(Event.of("plan-" + i, "urn:dise:test", now, Artifact.of(EventType.PLAN, "p" + i, "n", "c")));
            events.add(Event.of("evaluation-" + i, "urn:dise:test", now, Evaluation.of("e" + i, "n", "c")));
        }
        return events;
    }

    /** What a client of any kind may write; the last three are small on the wire and large when unpacked. */
    private static List<ProducerRecord<byte[], byte[]>> garbage() {
        ProducerRecord<byte[], byte[]> good = EventDeliveries.toSend(
                Topic.EVENTS.topicName(), Event.of("urn:dise:test", Log.of("t", LogLevel.INFO, "m")));
        RecordHeaders poem = new RecordHeaders(good.headers());
        poem.remove("ce_type").add("ce_type", "dise.poem.v1".getBytes(UTF_8));
        RecordHeaders wide = new RecordHeaders(good.headers());
        wide.add("x-wide", new byte[3 << 20]);
        return List.of(
                new ProducerRecord<>(good.topic(), null, new byte[] {(byte) 0xFF}),
                new ProducerRecord<>(good.topic(), null, null, good.key(), null, good.headers()),
                new ProducerRecord<>(good.topic(), null, null, good.key(), good.value(), poem),
                new ProducerRecord<>(good.topic(), null, null, good.key(), new byte[3 << 20], good.headers()),
                new ProducerRecord<>(good.topic(), null, null, good.key(), good.value(), wide),
                new ProducerRecord<>(good.topic(), null, null, new byte[3 << 20], good.value(), good.headers()));
    }

    private static void sendCompressed(KafkaStack kafka, List<ProducerRecord<byte[], byte[]>> records)
            throws Exception {
        Map<String, Object> settings = new HashMap<>(kafka.clients().common());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
    }

    private static List<String> ids(List<SourceRecord> records) {
        return records.stream()
                .map(record -> String.valueOf(record.header("ce_id")))
                .toList();
    }

    private static List<String> orderOfOneKey(List<SourceRecord> records) {
        return ids(records).stream().filter(id -> id.startsWith("log-")).toList();
    }

    private static DiseConfig config(KafkaStack kafka, Guarantee guarantee) {
        DiseConfig defaults = DiseConfig.defaults();
        return new DiseConfig(
                kafka.config(),
                defaults.database(),
                defaults.rag(),
                defaults.gateway(),
                new RouterConfig(guarantee, defaults.router().health()),
                defaults.pgSink(),
                defaults.ragSink(),
                defaults.query());
    }
}
