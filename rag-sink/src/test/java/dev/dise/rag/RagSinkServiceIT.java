package dev.dise.rag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Deletion;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RagSinkServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int ARTIFACTS = 200;

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
    void anOutageOfQdrantCostsTimeAndNothingElse() throws Exception {
        Health health = new Health();
        try (RagSinkService service = service("outage", 1, health)) {
            kafka.send(Topic.RAG, plans(0, ARTIFACTS / 2));
            await().atMost(PATIENCE).until(() -> !ids("outage").isEmpty());
            qdrant.takeAway();
            kafka.send(Topic.RAG, plans(ARTIFACTS / 2, ARTIFACTS));
            kafka.send(Topic.RAG, List.of(deletion(7), Event.of("urn:dise:test", blank())));
            kafka.sendRaw(List.of(
                    new ProducerRecord<>(Topic.RAG.topicName(), null, "garbage".getBytes(UTF_8)),
                    new ProducerRecord<>(Topic.VECTORS.topicName(), "no id".getBytes(UTF_8), new byte[] {1})));
            await().atMost(PATIENCE).until(() -> isWaiting(health));
            qdrant.bringBack();
            await().atMost(PATIENCE).until(() -> ids("outage").size() == ARTIFACTS - 1);
            assertThat(ids("outage")).doesNotContain("plan-7");
            assertThat(qdrant.points("outage")).hasSize(ARTIFACTS - 1);
            await().atMost(PATIENCE).until(() -> kafka.deadLetters().size() >= 3);
            assertThat(kafka.deadLetters())
                    .extracting(letter -> letter.header("dlq.stage") + " " + letter.header("dlq.reason"))
                    .containsExactlyInAnyOrder(
                            "rag-sink-embed EMBED_EMPTY", "rag-sink-embed ENVELOPE", "rag-sink-write MALFORMED");
            assertThat(service.ended()).isNotDone();
        }
    }

    @Test
    void theCollectionIsThereAtTheStartAndOneOfAnotherSizeEndsTheService() throws Exception {
        try (RagSinkService service = service("early", 1, new Health())) {
            await().atMost(PATIENCE)
                    .until(() -> qdrant.client().listAliasesAsync().get().stream()
                            .anyMatch(alias -> alias.getAliasName().equals("early")));
            assertThat(service.ended()).isNotDone();
        }
        qdrant.client()
                .createCollectionAsync(
                        "narrow-g1",
                        VectorParams.newBuilder()
                                .setSize(3)
                                .setDistance(Distance.Cosine)
                                .build())
                .get();
        try (RagSinkService service = service("narrow", 1, new Health())) {
            assertThat(service.ended())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining(
                            "the collection narrow-g1 has vectors of 3 dimensions but the embedder gives 384");
        }
    }

    private static RagSinkService service(String collection, int generation, Health health) {
        return service(collection, generation, health, new Metrics());
    }

    private static RagSinkService service(String collection, int generation, Health health, Metrics metrics) {
        DiseConfig defaults = DiseConfig.defaults();
        DiseConfig config = new DiseConfig(
                kafka.config(),
                defaults.database(),
                new RagConfig(qdrant.config(collection, generation), Embedding.inProcess(RagConfig.Provider.HASH)),
                defaults.gateway(),
                defaults.router(),
                defaults.pgSink(),
                defaults.ragSink(),
                defaults.query());
        return RagSinkService.start(config, VectorRecords.MODEL, state, health, metrics);
    }

    private static boolean isWaiting(Health health) {
        return health.parts().values().stream().anyMatch(report -> report.state() == Health.State.WAITING);
    }

    private static Set<String> ids(String collection) {
        Set<String> ids = new HashSet<>();
        qdrant.points(collection)
                .forEach(point -> ids.add(point.getPayloadOrThrow("artifact_id").getStringValue()));
        return ids;
    }

    private static List<Event> plans(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Event.of(
                        "urn:dise:test", Artifact.of(EventType.PLAN, "plan-" + i, "plan number " + i, "content " + i)))
                .toList();
    }

    private static Event deletion(int number) {
        return Event.of("urn:dise:test", Deletion.of(EventType.PLAN, "plan-" + number));
    }

    private static Artifact blank() {
        return Artifact.of(EventType.PLAN, "blank", " ", "");
    }
}
