package dev.dise.rag;

import static io.qdrant.client.ValueFactory.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.rag.compare.PointCheck;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.compare.Finding;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.kafka.Line;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.EventData;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.Vector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection is compared with its topic, and mended, on a real broker and a real server. */
class PointCheckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String NAME = "checked-g1";
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static KafkaStack kafka;
    private static QdrantStack qdrant;
    private static RagSinkService service;
    private static DiseConfig config;
    private static int seconds;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        kafka = KafkaStack.start(directory.resolve("kafka"), 2);
        qdrant = QdrantStack.start(directory.resolve("qdrant"));
        DiseConfig defaults = DiseConfig.defaults();
        config = new DiseConfig(
                kafka.config(),
                defaults.database(),
                new RagConfig(qdrant.config("checked", 1), Embedding.inProcess(RagConfig.Provider.HASH)),
                defaults.gateway(),
                defaults.router(),
                defaults.pgSink(),
                defaults.ragSink(),
                defaults.query());
        service = RagSinkService.start(
                config, VectorRecords.MODEL, directory.resolve("state"), new Health(), new Metrics());
        List<Event> events = new ArrayList<>(plans(0, 300));
        events.addAll(plans(0, 100));
        events.add(event(Deletion.of(EventType.PLAN, "plan-299")));
        events.add(event(Artifact.of(EventType.PLAN, "long", "a long one", "words and more words. ".repeat(400))));
        kafka.send(Topic.RAG, events);
    }

    @AfterAll
    static void stop() {
        service.close();
        qdrant.close();
        kafka.close();
    }

    @BeforeEach
    void awaitDrained() {
        try (Line line = new Line(config)) {
            await().atMost(PATIENCE)
                    .until(() -> line.look().stream()
                            .filter(hop -> hop.name().startsWith("rag"))
                            .allMatch(hop -> hop.lag() == 0));
        }
    }

    @Test
    void everyKindOfFindingIsNamedAndMended() throws Exception {
        List<RetrievedPoint> before = everything();
        assertThat(check(CompareOptions.everything()).findings()).isEmpty();
        damage(before);

        Comparison found = check(CompareOptions.everything());
        assertThat(found.findings().stream().map(PointCheckIT::shown))
                .containsExactlyInAnyOrder(
                        "missing plan []",
                        "missing plan []",
                        "different plan [name]",
                        "different plan [vector]",
                        "different plan [event_time]",
                        "different plan in many ways",
                        "stale plan [event_time, name]",
                        "extra prompt []");
        Comparison mended = check(CompareOptions.everything().withRepair());
        assertThat(mended.found()).isEqualTo(8);
        assertThat(mended.isGood()).isTrue();
        assertThat(check(CompareOptions.everything()).found()).isZero();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void trafficMeanwhileIsNoFinding() throws Exception {
        ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> flow = traffic.scheduleAtFixedRate(() -> send(plans(0, 20)), 0, 200, TimeUnit.MILLISECONDS);
        try {
            for (int round = 0; round < 2; round++) {
                assertThat(check(CompareOptions.everything()).findings()).isEmpty();
                qdrant.client().deleteAsync(NAME, List.of(id("plan-200"))).get();
                Comparison mended = check(CompareOptions.everything().withRepair());
                assertThat(mended.found()).isOne();
                assertThat(mended.isGood()).isTrue();
            }
        } finally {
            assertThat(flow.isDone()).isFalse();
            traffic.close();
        }
    }

    @Test
    void sinceJudgesOnlyWhatCameSince() throws Exception {
        Instant since = Instant.now().plusMillis(5);
        await().until(() -> Instant.now().isAfter(since));
        kafka.send(Topic.RAG, plans(20, 22));
        awaitDrained();
        qdrant.client()
                .deleteAsync(NAME, List.of(id("plan-20"), id("plan-21"), id("plan-22")))
                .get();
        assertThat(check(CompareOptions.everything().withSince(since).withRepair())
                        .found())
                .isEqualTo(2);
        assertThat(check(CompareOptions.everything().withRepair()).found()).isOne();
    }

    private static String shown(Finding finding) {
        String columns = finding.columns().size() > 5
                ? "in many ways"
                : finding.columns().toString();
        return finding.kind().wireName() + " " + finding.place() + " " + columns;
    }

    private static void damage(List<RetrievedPoint> points) throws Exception {
        qdrant.client().deleteAsync(NAME, List.of(id("plan-1"), id("plan-2"))).get();
        UUID other = UUID.randomUUID();
        List<PointStruct> edited = List.of(
                copy(points, "plan-3").putPayload("name", value("edited")).build(),
                copy(points, "plan-4")
                        .setVectors(VectorsFactory.namedVectors(withOtherMeaning(copy(points, "plan-4"))))
                        .build(),
                copy(points, "plan-5")
                        .putPayload("event_time", value("2031-01-01T00:00:00.000000Z"))
                        .build(),
                copy(points, "plan-6")
                        .putPayload("event_time", value("2020-01-01T00:00:00.000000Z"))
                        .putPayload("name", value("older"))
                        .build(),
                copy(points, "plan-7")
                        .clearPayload()
                        .setVectors(PointVectors.none())
                        .putPayload("deleted", value(true))
                        .putPayload("event_time", time(points, "plan-7"))
                        .build(),
                copy(points, "plan-8")
                        .setId(PointIdFactory.id(other))
                        .putPayload("artifact_type", value("prompt"))
                        .build());
        qdrant.client().upsertAsync(NAME, edited).get();
    }

    private static Map<String, Vector> withOtherMeaning(PointStruct.Builder point) {
        Map<String, Vector> vectors =
                new HashMap<>(point.getVectors().getVectors().getVectorsMap());
        vectors.put("", VectorFactory.vector(Collections.nCopies(384, 0.5f)));
        return vectors;
    }

    private static Value time(List<RetrievedPoint> points, String plan) {
        return copy(points, plan).getPayloadOrThrow("event_time");
    }

    private static PointStruct.Builder copy(List<RetrievedPoint> points, String plan) {
        RetrievedPoint point = points.stream()
                .filter(there -> there.getId().equals(id(plan)))
                .findFirst()
                .orElseThrow();
        Map<String, Vector> vectors = new HashMap<>();
        point.getVectors()
                .getVectors()
                .getVectorsMap()
                .forEach((name, vector) -> vectors.put(
                        name,
                        vector.hasSparse()
                                ? VectorFactory.vector(
                                        vector.getSparse().getValuesList(),
                                        vector.getSparse().getIndicesList())
                                : VectorFactory.vector(vector.getDense().getDataList())));
        return PointStruct.newBuilder()
                .setId(point.getId())
                .putAllPayload(point.getPayloadMap())
                .setVectors(VectorsFactory.namedVectors(vectors));
    }

    private static PointId id(String plan) {
        return PointIdFactory.id(PointIds.pointId(EventType.PLAN, plan));
    }

    private static Comparison check(CompareOptions options) {
        PointCheck.Place place = new PointCheck.Place(Topic.VECTORS.topicName(), NAME, "rag-sink-g1");
        return new PointCheck(config.rag().qdrant(), place, kafka.clients(), Clock.systemUTC())
                .run(options, WorkProgress.NONE);
    }

    private static List<RetrievedPoint> everything() {
        return qdrant.everything(NAME).stream()
                .sorted(Comparator.comparing(point -> point.getId().getUuid()))
                .toList();
    }

    private static void send(List<Event> events) {
        try {
            kafka.send(Topic.RAG, events);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Event> plans(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> event(Artifact.of(EventType.PLAN, "plan-" + i, "plan " + i, "content " + i)))
                .toList();
    }

    private static Event event(EventData data) {
        return Event.of(EventIds.next(), "urn:dise:test", NOON.plusSeconds(++seconds), data);
    }
}
