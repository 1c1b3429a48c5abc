package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.ConsumerGroup;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.schemas.Event;
import dev.dise.schemas.Topic;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that dies at each step between embedding, {@code dise.vectors} and Qdrant, while versions come in any order. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class KilledRagSinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The same again: {@code -Ddise.seed=…}. */
    private static final long SEED = Long.getLong("dise.seed", System.nanoTime());

    private static final Logger log = LoggerFactory.getLogger(KilledRagSinkIT.class);
    private static final int ARTIFACTS = 400;
    private static final List<String> PLACES = List.of(
            "embed.before_publish",
            "embed.after_publish",
            "qdrant.before_upsert",
            "qdrant.after_upsert",
            "sink.before_kafka_commit",
            "sink.after_kafka_commit");

    private static Path folder;
    private static KafkaStack kafka;
    private static QdrantStack qdrant;

    @BeforeAll
    static void start(@TempDir Path directory) {
        log.atInfo().addKeyValue("dise.seed", SEED).log("seed of this run");
        folder = directory;
        kafka = KafkaStack.start(directory.resolve("kafka"), 2);
        qdrant = QdrantStack.start(directory.resolve("qdrant"));
    }

    @AfterAll
    static void stop() {
        qdrant.close();
        kafka.close();
    }

    @Test
    void eachArtifactEndsAtItsNewestVersion() throws Exception {
        Random random = new Random(SEED);
        Versions versions = Versions.random(ARTIFACTS, random);
        List<Event> events = versions.events();
        int share = events.size() / PLACES.size();
        for (int death = 0; death < PLACES.size(); death++) {
            int to = death == PLACES.size() - 1 ? events.size() : (death + 1) * share;
            kafka.send(Topic.RAG, events.subList(death * share, to));
            try (ChildJvm sink = life(death, PLACES.get(death) + "=halt@" + (1 + random.nextInt(2)))) {
                assertThat(sink.exitCode(PATIENCE)).as(sink.printed()).isEqualTo(ChildJvm.KILLED);
            }
            removeMembers();
        }
        try (ChildJvm sink = life(PLACES.size(), "")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(names())
                            .as("seed %d, %s", SEED, sink.printed())
                            .isEqualTo(versions.expected()));
        }
        assertThat(kafka.deadLetters()).isEmpty();
    }

    /** The state of some lives is lost with them, and read from the topic again. */
    private static ChildJvm life(int number, String plan) throws IOException {
        Path state = folder.resolve("state-" + number / 2);
        Path config = Files.writeString(folder.resolve("config-" + number + ".yaml"), """
                        kafka: {bootstrap_servers: "%s", partitions: 2, replication_factor: 1,
                                properties: {session.timeout.ms: 6000, heartbeat.interval.ms: 500}}
                        rag: {embedding: {provider: hash}, qdrant: {host: 127.0.0.1, grpc_port: %d, collection: killed}}
                        rag_sink: {health: {port: 0}, state_dir: "%s"}
                        """.formatted(
                        kafka.config().bootstrapServers(), qdrant.port(), state));
        return ChildJvm.start(
                Main.class,
                folder.resolve("life-" + number + ".log"),
                Map.of(Failpoints.PROPERTY, plan),
                config.toString());
    }

    private static void removeMembers() {
        for (String name : List.of("rag-sink-embed-g1", "rag-sink-g1")) {
            try (ConsumerGroup group = new ConsumerGroup(kafka.clients(), name)) {
                group.removeMembers();
            }
        }
    }

    /** Of each artifact the names that its chunks have, which is to be one. */
    private static Map<String, String> names() {
        Map<String, Set<String>> names = new TreeMap<>();
        for (RetrievedPoint point : qdrant.points("killed")) {
            names.computeIfAbsent(text(point, "artifact_id"), id -> new TreeSet<>())
                    .add(text(point, "name"));
        }
        Map<String, String> joined = new TreeMap<>();
        names.forEach((id, all) -> joined.put(id, String.join(" and ", all)));
        return joined;
    }

    private static String text(RetrievedPoint point, String key) {
        return point.getPayloadOrThrow(key).getStringValue();
    }
}
