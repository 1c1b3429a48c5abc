package dev.dise.runtime.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final int LIMIT = 1_000;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final SmallTopic producer = new SmallTopic();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeadLetters deadLetters =
            new DeadLetters("test-sink", producer, meters, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aLetterKeepsKeyValueAndHeadersAndSaysWhereFromAndWhy() throws Exception {
        byte[] key = {0, 1, (byte) 0xFF};
        byte[] value = {(byte) 0xFE, 0};
        deadLetters.accept(List.of(rejection(key, value, Map.of("own", "kept"))));
        ProducerRecord<byte[], byte[]> letter = letter();
        assertThat(letter.topic()).isEqualTo("dise.dead-letters");
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(headers(letter))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "own", "kept",
                        "dlq.topic", "dise.bulk",
                        "dlq.partition", "3",
                        "dlq.offset", "42",
                        "dlq.stage", "test-sink",
                        "dlq.reason", "PG_VALUE",
                        "dlq.message", "it is bad",
                        "dlq.attempts", "1",
                        "dlq.at", "2026-01-31T12:00:00.000000Z"));
        assertThat(meters.counter("dise.dead.letters", "stage", "test-sink", "reason", "PG_VALUE")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void nullsStayNulls() throws Exception {
        deadLetters.accept(List.of(rejection(null, null, Map.of())));
        assertThat(letter().key()).isNull();
        assertThat(letter().value()).isNull();
    }

    @Test
    void aLetterThatWasSentAgainAndRefusedAgainCountsOn() throws Exception {
        deadLetters.accept(List.of(rejection(null, null, Map.of("dlq.attempts", "2", "dlq.reason", "OLD"))));
        assertThat(headers(letter())).containsEntry("dlq.attempts", "3").containsEntry("dlq.reason", "PG_VALUE");
        assertThat(letter().headers().headers("dlq.reason")).hasSize(1);
    }

    @Test
    void aCountThatIsNoneBeginsAnew() throws Exception {
        deadLetters.accept(List.of(rejection(null, null, Map.of("dlq.attempts", "many"))));
        assertThat(headers(letter())).containsEntry("dlq.attempts", "1");
    }

    @Test
    void aLongMessageIsShortened() throws Exception {
        SourceRecord record = rejection(null, null, Map.of()).record();
        deadLetters.accept(List.of(new Rejection(record, "PG_VALUE", "x".repeat(5_000))));
        assertThat(headers(letter()).get("dlq.message")).hasSize(1_024);
    }

    @Test
    void aRecordTooLargeForALetterIsNamedAndDoesNotStopTheLine() throws Exception {
        deadLetters.accept(List.of(
                rejection(null, new byte[LIMIT + 1], Map.of("own", "kept")),
                rejection(null, new byte[1], Map.of("own", "kept"))));
        assertThat(producer.history()).hasSize(2);
        ProducerRecord<byte[], byte[]> named = producer.history().get(1);
        assertThat(named.value()).isNull();
        assertThat(headers(named))
                .containsEntry("dlq.offset", "42")
                .containsEntry("dlq.reason", "PG_VALUE")
                .containsEntry("dlq.message", "(too large to be kept here) it is bad")
                .doesNotContainKey("own");
    }

    @Test
    void whileKafkaIsAwayNothingIsLostAndNothingIsCounted() {
        producer.sendException = new TimeoutException("no broker");
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> deadLetters.accept(List.of(rejection(null, null, Map.of()))));
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void nothingRefusedSendsNothing() throws Exception {
        deadLetters.accept(List.of());
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void closesItsProducer() {
        deadLetters.close();
        assertThat(producer.closed()).isTrue();
    }

    /** A producer whose topic takes small values only. */
    private static final class SmallTopic extends MockProducer<byte[], byte[]> {
        SmallTopic() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            if (record.value() != null && record.value().length > LIMIT) {
                return CompletableFuture.failedFuture(new RecordTooLargeException("too large"));
            }
            return super.send(record);
        }
    }

    private ProducerRecord<byte[], byte[]> letter() {
        return producer.history().get(0);
    }

    private static Rejection rejection(byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        List<SourceRecord.Header> all = new ArrayList<>();
        headers.forEach((name, text) -> all.add(new SourceRecord.Header(name, text.getBytes(UTF_8))));
        return new Rejection(
                new SourceRecord(new Partition("dise.bulk", 3), 42, Instant.EPOCH, key, value, all),
                "PG_VALUE",
                "it is bad");
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
        Map<String, String> texts = new LinkedHashMap<>();
        letter.headers().forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
        return texts;
    }
}
