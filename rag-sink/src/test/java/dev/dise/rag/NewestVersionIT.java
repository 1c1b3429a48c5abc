package dev.dise.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.schemas.Event;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates and deletions in any order and number leave each artifact at its newest version, through both halves or one. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class NewestVersionIT {
    private static final int ARTIFACTS = 2_000;
    private static final int LARGEST_BATCH = 256;

    private static QdrantStack qdrant;

    private final RecordingRefusals refusals = new RecordingRefusals();

    @BeforeAll
    static void startQdrant(@TempDir Path directory) {
        qdrant = QdrantStack.start(directory);
    }

    @AfterAll
    static void stopQdrant() {
        qdrant.close();
    }

    static LongStream seeds() {
        return LongStream.of(RandomGenerator.getDefault().nextLong(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void throughBothHalves(long seed) throws Exception {
        Random random = new Random(seed);
        Versions versions = Versions.random(ARTIFACTS, random);
        VectorRecords vectors = new VectorRecords();
        List<Delivery<PointChange>> changes = new ArrayList<>();
        for (List<Event> batch : batches(versions.events(), random)) {
            changes.addAll(vectors.of(deliveries(batch)));
        }
        write("both" + seed, changes, random);
        check("both" + seed, versions, seed);
    }

    /** The second half alone, with the records in an order that their topic would never have. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whateverOrderThePointsComeIn(long seed) throws Exception {
        Random random = new Random(seed);
        Versions versions = Versions.random(ARTIFACTS, random);
        VectorRecords vectors = new VectorRecords();
        List<Delivery<PointChange>> changes = new ArrayList<>();
        for (List<Event> batch : batches(inOrder(versions.events()), random)) {
            changes.addAll(vectors.of(deliveries(batch)));
        }
        Collections.shuffle(changes, random);
        write("second" + seed, changes, random);
        check("second" + seed, versions, seed);
    }

    private static List<Event> inOrder(List<Event> events) {
        List<Event> sorted = new ArrayList<>(events);
        sorted.sort((a, b) -> a.envelope().time().compareTo(b.envelope().time()));
        return sorted;
    }

    private void write(String collection, List<Delivery<PointChange>> changes, Random random) throws Exception {
        try (QdrantSink sink =
                new QdrantSink(qdrant.store(collection, 1), VectorRecords.MODEL.dimension(), Failpoints.none())) {
            sink.open();
            for (List<Delivery<PointChange>> batch : batches(changes, random)) {
                sink.write(Batch.of(batch), refusals);
            }
        }
    }

    private void check(String collection, Versions versions, long seed) {
        Map<String, String> names = new TreeMap<>();
        for (RetrievedPoint point : qdrant.points(collection)) {
            String artifact = text(point, "artifact_id");
            assertThat(names.merge(artifact, text(point, "name"), (a, b) -> a.equals(b) ? a : a + " and " + b))
                    .as("seed %d, all chunks of one version", seed)
                    .isEqualTo(text(point, "name"));
        }
        assertThat(names).as("seed %d", seed).isEqualTo(versions.expected());
        assertThat(chunksBehindTheLast(collection)).as("seed %d", seed).isEmpty();
        assertThat(refusals.accepted()).isEmpty();
    }

    private static List<RetrievedPoint> chunksBehindTheLast(String collection) {
        return qdrant.points(collection).stream()
                .filter(point -> number(point, "chunk_index") >= number(point, "chunk_count"))
                .toList();
    }

    private static List<Delivery<DecodedEvent>> deliveries(List<Event> events) {
        return new EventDeliveries(new Partition("dise.rag", 0)).all(events);
    }

    private static <T> List<List<T>> batches(List<T> all, Random random) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); ) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(LARGEST_BATCH));
            batches.add(all.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static String text(RetrievedPoint point, String key) {
        return point.getPayloadOrThrow(key).getStringValue();
    }

    private static long number(RetrievedPoint point, String key) {
        return point.getPayloadOrThrow(key).getIntegerValue();
    }
}
