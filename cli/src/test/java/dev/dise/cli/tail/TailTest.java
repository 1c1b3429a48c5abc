package dev.dise.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.operations.tail.TailFilter;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TailTest {
    private static final String TOPIC = "dise.events";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final TailFilter ALL = new TailFilter(Set.of(), Set.of(), null, null, null, null);

    private final StringWriter out = new StringWriter();
    private final StringWriter remarks = new StringWriter();
    private final List<ConsumerRecord<byte[], byte[]>> written = new ArrayList<>();

    @Test
    void showsWhatThereIsALineEach() {
        event(
                EventType.LOG,
                "t",
                "{\"tool_id\":\"t\",\"log_level\":\"WARN\",\"message\":\"\\n first\\u001b[2J\\nsecond\"}");
        event(
                EventType.PERF_DATA,
                "t",
                "{\"tool_id\":\"t\",\"metric_name\":\"p\",\"metric_value\":1.50,\"unit\":\"ms\"}");
        assertThat(plain(ALL))
                .containsExactly(
                        "2026-01-31T08:15:00Z      log             t                     warning   first\\x1b[2J",
                        "2026-01-31T08:15:00Z      perf_data       t                               p = 1.50 ms");
    }

    @Test
    void badRecordsAreShownAndCostNoOther() {
        record("k", "no\u009b json".getBytes(UTF_8), Map.of());
        record("k", null, headers(EventType.LOG, "t"));
        record("k", "[]".getBytes(UTF_8), headers(EventType.LOG, "t"));
        event(EventType.LOG, "t", "{\"message\":\"fine\"}");
        List<String> lines = plain(ALL);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains("?", "undecodable, no envelope: /ce_id is required", "no\\x9b json");
        assertThat(lines.get(1)).contains("log", "undecodable, no value");
        assertThat(lines.get(2)).contains("is no JSON object");
        assertThat(lines.get(3)).endsWith("fine");
    }

    @Test
    void aDeadLetterSaysWhy() {
        Map<String, String> headers = new HashMap<>(headers(EventType.LOG, "t"));
        headers.put(DeadLetterHeaders.REASON, "SCHEMA");
        headers.put(DeadLetterHeaders.STAGE, "pg-sink");
        headers.put(DeadLetterHeaders.MESSAGE, "/message is required");
        record("t", "{}".getBytes(UTF_8), headers);
        assertThat(plain(ALL)).singleElement().asString().endsWith("SCHEMA at pg-sink: /message is required");
    }

    @Test
    void asJsonItHasEnvelopeAndDataInAscii() {
        event(EventType.LOG, "t", "{\"tool_id\":\"t\",\"n\":1.50,\"message\":\"\u009bä\"}");
        record("k", "raw".getBytes(UTF_8), Map.of());
        List<String> lines = run(new Tail.Options(new TailStart.Beginning(), ALL, 10, false, true, false));
        assertThat(lines).hasSize(2).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7f));
        JsonNode event = Json.mapper().readTree(lines.get(0));
        assertThat(event.at("/envelope/type").asString()).isEqualTo("log");
        assertThat(event.at("/envelope/run_id").asString()).isEqualTo("r1");
        assertThat(event.at("/data/message").asString()).isEqualTo("\u009bä");
        assertThat(lines.get(0)).contains("\"n\":1.50", "\"offset\":0");
        JsonNode bad = Json.mapper().readTree(lines.get(1));
        assertThat(bad.path("raw").asString()).isEqualTo("raw");
        assertThat(bad.path("undecodable").asString()).contains("no envelope", "is not one JSON document");
    }

    @Test
    void filtersNarrow() {
        event(
                EventType.LOG,
                "a",
                "{\"tool_id\":\"a\",\"log_level\":\"err\",\"details\":{\"x\":[\"Connection REFUSED\"]}}");
        event(EventType.BUG_REPORT, "b1", "{\"bug_id\":\"b1\",\"tool_id\":\"a\",\"severity\":\"major\"}");
        event(EventType.ANCESTRY, "a", "{\"child_tool_id\":\"a\"}");
        record("a", "no json, connection refused".getBytes(UTF_8), Map.of());
        assertThat(plain(new TailFilter(Set.of(EventType.LOG), Set.of(), null, null, null, null)))
                .hasSize(1);
        assertThat(plain(new TailFilter(Set.of(), Set.of("high", "error"), null, null, null, null)))
                .hasSize(2);
        assertThat(plain(new TailFilter(Set.of(), Set.of(), "a", null, null, null)))
                .hasSize(3);
        assertThat(plain(new TailFilter(Set.of(), Set.of(), null, "b1", null, null)))
                .hasSize(1);
        assertThat(plain(new TailFilter(Set.of(), Set.of(), null, null, "r1", null)))
                .hasSize(3);
        assertThat(plain(new TailFilter(Set.of(), Set.of(), null, null, "r2", null)))
                .isEmpty();
        assertThat(plain(new TailFilter(Set.of(), Set.of(), null, null, null, "Connection refused")))
                .hasSize(2);
    }

    @Test
    void skipsRatherThanLagsOnceItFollows() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            // The line has become far longer when it looks again.
            consumer.updateEndOffsets(Map.of(PARTITION, 50_001L));
            consumer.addRecord(at(0, "t", new byte[0], new RecordHeaders()));
        });
        consumer.schedulePollTask(() -> {
            for (long offset = 49_501; offset < 50_001; offset++) {
                consumer.addRecord(at(offset, "t", new byte[0], new RecordHeaders()));
            }
        });
        assertThat(run(consumer, new Tail.Options(new TailStart.Now(), ALL, 501, true, false, false)))
                .hasSize(501);
        assertThat(remarks.toString()).contains(String.format("%,d records were skipped", 49_500));
    }

    @Test
    void isToldToStop() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(consumer::wakeup);
        assertThat(run(consumer, new Tail.Options(new TailStart.Now(), ALL, 1, true, false, false)))
                .isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchTopic() {
        Tail.Options options = new Tail.Options(new TailStart.Now(), ALL, 1, true, false, false);
        PrintWriter nowhere = new PrintWriter(out);
        assertThatIllegalStateException()
                .isThrownBy(() -> new Tail(consumer(), "dise.nothing", options, nowhere, nowhere))
                .withMessageContaining("no topic dise.nothing");
    }

    private List<String> plain(TailFilter filter) {
        return run(new Tail.Options(new TailStart.Beginning(), filter, 10, false, false, false));
    }

    private List<String> run(Tail.Options options) {
        MockConsumer<byte[], byte[]> consumer = consumer();
        consumer.updateEndOffsets(Map.of(PARTITION, (long) written.size()));
        consumer.schedulePollTask(() -> written.forEach(consumer::addRecord));
        return run(consumer, options);
    }

    private List<String> run(MockConsumer<byte[], byte[]> consumer, Tail.Options options) {
        out.getBuffer().setLength(0);
        try (Tail tail = new Tail(consumer, TOPIC, options, new PrintWriter(out), new PrintWriter(remarks))) {
            tail.run();
        }
        return out.toString().lines().toList();
    }

    private static MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        Node[] nodes = {new Node(0, "localhost", 1)};
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, nodes[0], nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        return consumer;
    }

    private void event(EventType type, String subject, String data) {
        record(subject, data.getBytes(UTF_8), headers(type, subject));
    }

    private static Map<String, String> headers(EventType type, String subject) {
        Instant time = Instant.parse("2026-01-31T08:15:00.000001Z");
        return EnvelopeHeaders.encode(
                Envelope.of("e", type, "urn:dise:test", subject, time).withRunId("r1"));
    }

    private void record(String key, byte @Nullable [] value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        written.add(at(written.size(), key, value, all));
    }

    @SuppressWarnings("NullAway") // a record without a value is what is tested
    private static ConsumerRecord<byte[], byte[]> at(
            long offset, String key, byte @Nullable [] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                TOPIC,
                0,
                offset,
                0,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key.getBytes(UTF_8),
                value,
                headers,
                Optional.empty());
    }
}
