package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmitterBuilderTest {
    private static final EmitterSettings SETTINGS = new EmitterSettings(
            "s", null, () -> null, Redaction.none(), 1024, new Overflow.DropNewest(), Duration.ofSeconds(5));

    @ParameterizedTest
    @CsvSource({
        "acks,1",
        "enable.idempotence,false",
        "max.in.flight.requests.per.connection,6",
        "transactional.id,secret",
        "key.serializer,secret",
        "bootstrap.servers,secret"
    })
    void refusesWhatWouldBreakThePromise(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArtifactEmitter.builder().property(name, value))
                .withMessageContaining(name)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void namesWhatIsMissingOrNotUnderstood() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArtifactEmitter.builder().source("s").build())
                .withMessage("bootstrapServers is required");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ArtifactEmitter.builder().bootstrapServers("b:1").build())
                .withMessage("source is required");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettings.of("b:1", SETTINGS, Map.of("linger.ms", "soon")))
                .withMessageContaining("linger.ms");
    }

    @Test
    void asksForEveryAcknowledgementAndPassesTheRestOn() {
        assertThat(ProducerSettings.of("b:1", SETTINGS, Map.of("sasl.jaas.config", "x", "linger.ms", "5")))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("delivery.timeout.ms", 5000)
                .containsEntry("sasl.jaas.config", "x")
                .containsEntry("linger.ms", "5");
    }

    @Test
    void aRecordIsKeyedByTheSubjectAndLeavesItsTimeToTheBroker() {
        Event event = Event.of("urn:dise:tool:test", Log.of("tööl", LogLevel.INFO, "m"));
        ProducerRecord<byte[], byte[]> sent = EventRecords.encode(event);
        assertThat(sent.topic()).isEqualTo("dise.events");
        assertThat(sent.key()).asString().isEqualTo("tööl");
        assertThat(sent.value()).isSameAs(event.data());
        assertThat(sent.timestamp()).isNull();
        assertThat(sent.headers().lastHeader("ce_type").value()).asString().isEqualTo("dise.log.v1");
    }
}
