package dev.dise.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.config.StorageRules;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouterTopologyTest {
    private static final byte[] VALUE = "{\"not\": \"read\"}".getBytes(UTF_8);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver = driver(StorageRules.defaults());

    @AfterEach
    void close() {
        driver.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELETION")
    void eachTypeGoesWhereItsStrategySays(EventType type) {
        send(headers(type, null), VALUE);
        assertThat(read(Topic.BULK)).hasSize(type.defaultStrategy().storesBulk() ? 1 : 0);
        assertThat(read(Topic.RAG)).hasSize(type.defaultStrategy().storesRag() ? 1 : 0);
        assertThat(read(Topic.DEAD_LETTERS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionGoesWhereItsTargetGoes(EventType target) {
        if (target == EventType.DELETION) {
            return;
        }
        send(headers(EventType.DELETION, target), VALUE);
        assertThat(read(Topic.BULK)).hasSize(target.defaultStrategy().storesBulk() ? 1 : 0);
        assertThat(read(Topic.RAG)).hasSize(target.defaultStrategy().storesRag() ? 1 : 0);
    }

    @Test
    void keyValueAndHeadersArriveAsTheyWere() {
        Map<String, String> headers = headers(EventType.EVALUATION, null);
        headers.put("x-own", "kept");
        send(headers, VALUE);
        for (Topic topic : new Topic[] {Topic.BULK, Topic.RAG}) {
            TestRecord<byte[], byte[]> record = read(topic).findFirst().orElseThrow();
            assertThat(record.value()).isEqualTo(VALUE);
            assertThat(record.key()).isEqualTo("subject".getBytes(UTF_8));
            assertThat(texts(record)).isEqualTo(headers);
        }
    }

    @Test
    void theConfigMovesATypeToBothTopics() {
        driver.close();
        Map<EventType, StorageStrategy> strategies =
                new HashMap<>(StorageRules.defaults().strategies());
        strategies.put(EventType.PATTERN, StorageStrategy.HYBRID);
        driver = driver(new StorageRules(strategies, false));
        send(headers(EventType.PATTERN, null), VALUE);
        send(headers(EventType.GENERATED_TOOL, null), VALUE);
        assertThat(read(Topic.BULK)).hasSize(1);
        assertThat(read(Topic.RAG)).hasSize(1);
        assertThat(meters.counter("dise.router.events", "to", "not_stored").count())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeRoutedBecomesADeadLetterWithItsReason() {
        Map<String, String> good = headers(EventType.LOG, null);
        refused(without(good, "ce_type"), VALUE, "ENVELOPE", "/ce_type is required");
        refused(with(good, "ce_type", "dise.poem.v1"), VALUE, "UNKNOWN_TYPE", "/type must be dise.<type>.v1");
        refused(without(good, "ce_id"), VALUE, "ENVELOPE", "/ce_id is required");
        refused(with(good, "ce_time", "soon"), VALUE, "ENVELOPE", "/time must be an RFC 3339 time");
        refused(with(good, "ce_type", "dise.deletion.v1"), VALUE, "ENVELOPE", "/targettype");
        refused(good, null, "NULL_VALUE", "the record has no value");
        refused(good, new byte[Routes.MAX_VALUE_BYTES + 1], "TOO_LARGE", "bytes");
        refused(Map.of(), new byte[] {1, 2, 3}, "ENVELOPE", "is required");
        send(good, VALUE);
        assertThat(read(Topic.BULK)).hasSize(1);
    }

    @Test
    void aRecordThatWasRedrivenAndIsRefusedAgainIsCountedOn() {
        Map<String, String> headers = with(without(headers(EventType.LOG, null), "ce_id"), "dlq.attempts", "2");
        send(headers, VALUE);
        assertThat(texts(read(Topic.DEAD_LETTERS).findFirst().orElseThrow())).containsEntry("dlq.attempts", "3");
    }

    private void refused(Map<String, String> headers, byte @Nullable [] value, String reason, String message) {
        send(headers, value);
        TestRecord<byte[], byte[]> letter = read(Topic.DEAD_LETTERS).findFirst().orElseThrow();
        assertThat(letter.value()).isEqualTo(value);
        assertThat(texts(letter))
                .containsAllEntriesOf(headers)
                .containsEntry("dlq.reason", reason)
                .containsEntry("dlq.stage", "router")
                .containsEntry("dlq.topic", "dise.events")
                .containsKeys("dlq.partition", "dlq.offset", "dlq.attempts", "dlq.at");
        assertThat(texts(letter).get("dlq.message")).contains(message);
    }

    private TopologyTestDriver driver(StorageRules rules) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return new TopologyTestDriver(RouterTopology.build(rules, meters), settings);
    }

    private void send(Map<String, String> headers, byte @Nullable [] value) {
        TestInputTopic<byte[], byte[]> topic =
                driver.createInputTopic(Topic.EVENTS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
        RecordHeaders recordHeaders = new RecordHeaders();
        headers.forEach((name, text) -> recordHeaders.add(name, text.getBytes(UTF_8)));
        topic.pipeInput(new TestRecord<>("subject".getBytes(UTF_8), value, recordHeaders));
    }

    private Stream<TestRecord<byte[], byte[]>> read(Topic topic) {
        return driver
                .createOutputTopic(topic.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream();
    }

    private static Map<String, String> headers(EventType type, @Nullable EventType target) {
        return new LinkedHashMap<>(EnvelopeHeaders.encode(
                new Envelope("id", type, "urn:dise:test", "subject", Instant.EPOCH, null, null, target)));
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        Map<String, String> rest = new LinkedHashMap<>(headers);
        rest.remove(name);
        return rest;
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, String> texts(TestRecord<byte[], byte[]> record) {
        Map<String, String> texts = new LinkedHashMap<>();
        record.headers().forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
        return texts;
    }
}
