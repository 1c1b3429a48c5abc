package dev.dise.embedded.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchParams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of what is nearest the graph finds, by each distance. */
class QdrantRecallIT {

    private static final int POINTS = 5_000;
    private static final int SIZE = 64;
    private static final int BATCH = 500;
    private static final int QUERIES = 50;
    private static final int LIMIT = 10;

    @TempDir
    Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource(names = {"Cosine", "Dot", "Euclid"})
    void findsWhatIsNearest(Distance distance) throws Exception {
        System.out.println("seed " + seed);
        List<float[]> stored =
                IntStream.range(0, POINTS).mapToObj(i -> vector()).toList();
        try (QdrantStack stack = QdrantStack.start(directory)) {
            fill(stack, distance, stored);
            int exact = 0;
            int found = 0;
            for (int i = 0; i < QUERIES; i++) {
                float[] target = vector();
                List<Long> expected = nearestOf(stored, target, distance);
                exact += shared(expected, search(stack, distance, target, true));
                found += shared(expected, search(stack, distance, target, false));
            }
            double recall = found / (double) (QUERIES * LIMIT);
            System.out.printf("%s: recall %.3f%n", distance, recall);
            assertThat(recall).isGreaterThanOrEqualTo(0.95);
            // Two points may be equally near in 32 bits and not in 64.
            assertThat(exact / (double) (QUERIES * LIMIT)).isGreaterThanOrEqualTo(0.995);
        }
    }

    /** With a graph from the first point on, which a collection of this size would do without. */
    private static void fill(QdrantStack stack, Distance distance, List<float[]> stored) throws Exception {
        stack.client()
                .createCollectionAsync(CreateCollection.newBuilder()
                        .setCollectionName(distance.name())
                        .setVectorsConfig(
                                VectorsConfig.newBuilder().setParams(QdrantContractTheme.params(SIZE, distance)))
                        .setHnswConfig(HnswConfigDiff.newBuilder().setFullScanThreshold(0))
                        .build())
                .get();
        for (int from = 0; from < POINTS; from += BATCH) {
            List<PointStruct> batch = new ArrayList<>();
            for (int i = from; i < from + BATCH; i++) {
                batch.add(QdrantContractTheme.point(id(i), vectors(stored.get(i)), Map.of()));
            }
            stack.client().upsertAsync(distance.name(), batch).get();
        }
    }

    private static List<Long> search(QdrantStack stack, Distance distance, float[] target, boolean exact)
            throws Exception {
        List<ScoredPoint> found = stack.client()
                .queryAsync(QueryPoints.newBuilder()
                        .setCollectionName(distance.name())
                        .setQuery(nearest(target))
                        .setLimit(LIMIT)
                        .setParams(SearchParams.newBuilder().setExact(exact))
                        .build())
                .get();
        return QdrantContractTheme.ids(found);
    }

    private static int shared(List<Long> expected, List<Long> found) {
        assertThat(found).hasSameSizeAs(expected);
        return (int) found.stream().filter(expected::contains).count();
    }

    private static List<Long> nearestOf(List<float[]> stored, float[] target, Distance distance) {
        return IntStream.range(0, stored.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> farness(stored.get(i), target, distance)))
                .limit(LIMIT)
                .map(Integer::longValue)
                .toList();
    }

    private static double farness(float[] a, float[] b, Distance distance) {
        double product = 0;
        double lengthA = 0;
        double squares = 0;
        for (int i = 0; i < SIZE; i++) {
            product += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            squares += Math.pow((double) a[i] - b[i], 2);
        }
        return switch (distance) {
            case Euclid -> squares;
            case Cosine -> -product / Math.sqrt(lengthA);
            default -> -product;
        };
    }

    private float[] vector() {
        float[] vector = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
