package dev.dise.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenLettersIT {
    private static KafkaStack kafka;

    @BeforeAll
    static void start(@TempDir Path folder) {
        kafka = KafkaStack.start(folder, 3);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void theLettersOfASubjectAreGoneAndTheOthersAreAsTheyWere() throws Exception {
        List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            letters.add(letter(i % 3, i % 5 == 0 ? "s" : "other-" + i, i));
        }
        // As after a crash between copying and removing: the same letter again.
        letters.add(letter(1, "other-1", 1));
        kafka.sendRaw(letters);
        Forgotten alone = Forgotten.nobody();
        alone.add(new ForgottenSubject("s", null, Instant.now(), "me", ""));
        ForgottenLetters forgotten = new ForgottenLetters(kafka.clients(), alone);
        assertThat(forgotten.remove()).isEqualTo(6);
        assertThat(forgotten.remove()).isZero();

        List<SourceRecord> rest = kafka.deadLetters();
        assertThat(rest).hasSize(24);
        assertThat(rest).allSatisfy(letter -> {
            String subject = letter.header(EnvelopeHeaders.SUBJECT);
            assertThat(subject).startsWith("other-");
            assertThat(new String(bytes(letter.key()), UTF_8)).isEqualTo(subject);
            assertThat(new String(bytes(letter.value()), UTF_8)).isEqualTo("content of " + subject);
            assertThat(letter.headers()).hasSize(6);
        });
    }

    private static byte[] bytes(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    private static ProducerRecord<byte[], byte[]> letter(int partition, String subject, int offset) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                Topic.DEAD_LETTERS.topicName(),
                partition,
                subject.getBytes(UTF_8),
                ("content of " + subject).getBytes(UTF_8));
        letter.headers()
                .add(EnvelopeHeaders.SUBJECT, subject.getBytes(UTF_8))
                .add("dlq.topic", "dise.bulk".getBytes(UTF_8))
                .add("dlq.partition", "0".getBytes(UTF_8))
                .add("dlq.offset", Integer.toString(offset).getBytes(UTF_8))
                .add("dlq.stage", "pg-sink".getBytes(UTF_8))
                .add("dlq.attempts", "1".getBytes(UTF_8));
        return letter;
    }
}
