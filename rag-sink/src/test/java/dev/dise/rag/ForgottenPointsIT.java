package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.rag.generations.QdrantGenerations;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Deletion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenPointsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LONG_TEXT = "a secret word after the other and no end of it yet. ".repeat(60);

    @TempDir
    private static Path state;

    private static KafkaStack kafka;
    private static QdrantStack qdrant;

    @BeforeAll
    static void start(@TempDir Path directory) {
        kafka = KafkaStack.start(directory.resolve("kafka"), 2);
        qdrant = QdrantStack.start(directory.resolve("qdrant"));
    }

    @AfterAll
    static void stop() {
        qdrant.close();
        kafka.close();
    }

    @Test
    void aSubjectLeavesNothingBehindAndItsNewLifeIsEmbeddedAndFound() throws Exception {
        ForgottenVectors vectors = new ForgottenVectors(kafka.clients());
        try (RagSinkService service = service()) {
            kafka.send(Topic.RAG, List.of(plan("s", LONG_TEXT), plan("gone", LONG_TEXT), plan("other", "stays")));
            await().atMost(PATIENCE).until(() -> qdrant.points("forget").size() > 6);
            kafka.send(Topic.RAG, List.of(Event.of("urn:x", Deletion.of(EventType.PLAN, "gone"))));
            await().atMost(PATIENCE).until(() -> markers() > 2);

            for (String subject : List.of("s", "gone")) {
                ForgottenSubject one = forget(subject);
                List<VectorEnd> ends = vectors.find(one, read -> {});
                assertThat(ends).hasSizeGreaterThan(2);
                try (ForgottenPoints points = ForgottenPoints.in(qdrant.config("forget", 1))) {
                    Map<String, Long> all = Map.of("forget-g1", (long) ends.size());
                    assertThat(points.count(one, ends)).isEqualTo(all);
                    assertThat(points.remove(one, ends)).isEqualTo(all);
                    assertThat(points.count(one, ends)).isEmpty();
                }
                vectors.write(ends);
                assertThat(vectors.find(one, read -> {})).isEmpty();
            }
            kafka.send(Topic.RAG, List.of(plan("s", LONG_TEXT)));
            await().atMost(PATIENCE).until(() -> qdrant.points("forget").size() > 2);
            assertThat(markers()).isZero();
            assertThat(service.ended()).isNotDone();
            aRebuildGivesTheSame();
        }
    }

    private static void aRebuildGivesTheSame() {
        try (QdrantGenerations generations = QdrantGenerations.of(config(), new Metrics())) {
            generations.rebuild(RebuildOptions.USUAL, (phase, done, total) -> {});
        }
        assertThat(qdrant.everything("forget-g2"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(qdrant.everything("forget-g1"));
        // What compaction leaves says nothing of who was forgotten.
        assertThat(kafka.read(Topic.VECTORS).stream()
                        .filter(record -> record.header("dise_forgotten") != null)
                        .map(ForgottenPointsIT::text))
                .isNotEmpty()
                .noneMatch(text -> text.contains("gone"));
    }

    private static String text(SourceRecord record) {
        StringBuilder text = new StringBuilder();
        record.headers()
                .forEach(header -> text.append(header.name())
                        .append('=')
                        .append(header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return text.toString();
    }

    private static ForgottenSubject forget(String subject) throws Exception {
        ForgottenSubject one = new ForgottenSubject(subject, null, Instant.now(), "me", "");
        kafka.sendRaw(List.of(new ProducerRecord<>(Topic.FORGOTTEN.topicName(), one.key(), one.encode())));
        return one;
    }

    private static long markers() {
        return qdrant.everything("forget").stream()
                .filter(point -> point.containsPayload("deleted"))
                .count();
    }

    private static Event plan(String id, String content) {
        return Event.of("urn:x", Artifact.of(EventType.PLAN, id, "a plan", content));
    }

    private static RagSinkService service() {
        return RagSinkService.start(config(), VectorRecords.MODEL, state, new Health(), new Metrics());
    }

    private static DiseConfig config() {
        DiseConfig defaults = DiseConfig.defaults();
        return new DiseConfig(
                kafka.config(),
                defaults.database(),
                new RagConfig(qdrant.config("forget", 1), Embedding.inProcess(RagConfig.Provider.HASH)),
                defaults.gateway(),
                defaults.router(),
                defaults.pgSink(),
                defaults.ragSink(),
                defaults.query());
    }
}
