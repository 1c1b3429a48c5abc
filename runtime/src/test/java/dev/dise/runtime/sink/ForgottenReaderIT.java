package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenReaderIT {
    private static KafkaStack kafka;

    @BeforeAll
    static void start(@TempDir Path folder) {
        kafka = KafkaStack.start(folder, 1);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void knowsWhatWasThereAtTheStartAndWhatComesLater() throws Exception {
        forget("first");
        try (ForgottenReader reader = ForgottenReader.start(kafka.clients(), "test")) {
            assertThat(isForgotten(reader.forgotten(), "first")).isTrue();
            assertThat(isForgotten(reader.forgotten(), "second")).isFalse();
            forget("second");
            await().atMost(Duration.ofSeconds(10)).until(() -> isForgotten(reader.forgotten(), "second"));
        }
        assertThat(isForgotten(Forgotten.now(kafka.clients()), "second")).isTrue();
    }

    private static void forget(String subject) throws Exception {
        ForgottenSubject one = new ForgottenSubject(subject, null, Instant.now(), "me", "");
        kafka.sendRaw(List.of(new ProducerRecord<>(Topic.FORGOTTEN.topicName(), one.key(), one.encode())));
    }

    private static boolean isForgotten(Forgotten forgotten, String subject) {
        Event event = Event.of("id", "urn:x", Instant.EPOCH, Log.of(subject, LogLevel.INFO, "x"));
        return forgotten.isForgotten(event.envelope(), Instant.now());
    }
}
