package dev.dise.embedded.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorsFactory.vectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchParams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How good the answers are: against a scan of all vectors, and filters against their definition. */
class QdrantSearchIT {

    private static final int POINTS = 2_000;
    private static final int SIZE = 384;
    private static final int QUERIES = 50;
    private static final int REQUEST = 64;
    private static final String NAME = "plans";

    @TempDir
    Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<PointStruct> points = new ArrayList<>();
    private QdrantStack stack;

    @BeforeEach
    void fill() throws Exception {
        System.out.println("seed " + seed);
        stack = QdrantStack.start(directory);
        createCollection();
        for (int i = 0; i < POINTS; i++) {
            points.add(PointStruct.newBuilder()
                    .setId(id(i))
                    .setVectors(vectors(vector()))
                    .putAllPayload(payload())
                    .build());
        }
        long begin = System.nanoTime();
        for (int from = 0; from < POINTS; from += REQUEST) {
            stack.client()
                    .upsertAsync(NAME, points.subList(from, Math.min(POINTS, from + REQUEST)))
                    .get();
        }
        System.out.println("upsert of " + POINTS + " points took " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    /** With a graph from the first point on, which a collection of this size would do without. */
    private void createCollection() throws Exception {
        VectorParams params = VectorParams.newBuilder()
                .setSize(SIZE)
                .setDistance(Distance.Cosine)
                .build();
        stack.client()
                .createCollectionAsync(CreateCollection.newBuilder()
                        .setCollectionName(NAME)
                        .setVectorsConfig(VectorsConfig.newBuilder().setParams(params))
                        .setHnswConfig(HnswConfigDiff.newBuilder().setFullScanThreshold(0))
                        .build())
                .get();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void findsWhatAScanFinds() throws Exception {
        Filter even = Filter.newBuilder()
                .addMust(ConditionFactory.match("even", true))
                .build();
        assertThat(recall(Filter.getDefaultInstance(), point -> true, false)).isGreaterThanOrEqualTo(0.95);
        assertThat(recall(even, QdrantSearchIT::isEven, false)).isGreaterThanOrEqualTo(0.95);
        assertThat(recall(even, QdrantSearchIT::isEven, true)).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void countsWhatTheDefinitionOfAFilterSays() throws Exception {
        for (int i = 0; i < 200; i++) {
            Filter filter = filter(2);
            PointPredicate definition = FilterPredicate.compile(filter);
            long expected = points.stream()
                    .filter(point -> definition.test(point.getId(), point.getPayloadMap()))
                    .count();
            assertThat(stack.client().countAsync(NAME, filter, true).get())
                    .as("%s", filter)
                    .isEqualTo(expected);
        }
    }

    private double recall(Filter filter, Predicate<PointStruct> passes, boolean exact) throws Exception {
        List<PointStruct> candidates = points.stream().filter(passes).toList();
        int hits = 0;
        long nanos = 0;
        for (int i = 0; i < QUERIES; i++) {
            float[] target = vector();
            List<Long> expected = candidates.stream()
                    .sorted((a, b) -> Double.compare(cosine(target, b), cosine(target, a)))
                    .limit(10)
                    .map(point -> point.getId().getNum())
                    .toList();
            long begin = System.nanoTime();
            List<ScoredPoint> found = stack.client()
                    .queryAsync(QueryPoints.newBuilder()
                            .setCollectionName(NAME)
                            .setQuery(nearest(target))
                            .setFilter(filter)
                            .setParams(SearchParams.newBuilder().setExact(exact))
                            .build())
                    .get();
            nanos += System.nanoTime() - begin;
            assertThat(found).hasSize(10);
            hits += (int) found.stream()
                    .filter(point -> expected.contains(point.getId().getNum()))
                    .count();
        }
        double recall = hits / (10.0 * QUERIES);
        System.out.printf("recall %.3f, %d us a query, exact=%s%n", recall, nanos / QUERIES / 1000, exact);
        return recall;
    }

    private Filter filter(int depth) {
        Filter.Builder filter = Filter.newBuilder();
        IntStream.range(0, random.nextInt(3)).forEach(i -> filter.addMust(condition(depth)));
        IntStream.range(0, random.nextInt(3)).forEach(i -> filter.addShould(condition(depth)));
        IntStream.range(0, random.nextInt(2)).forEach(i -> filter.addMustNot(condition(depth)));
        if (random.nextInt(4) == 0) {
            MinShould.Builder minShould = MinShould.newBuilder().setMinCount(random.nextInt(4));
            IntStream.range(0, 3).forEach(i -> minShould.addConditions(condition(depth)));
            filter.setMinShould(minShould);
        }
        return filter.build();
    }

    private Condition condition(int depth) {
        String word = word();
        return switch (random.nextInt(depth > 0 ? 12 : 11)) {
            case 0 -> ConditionFactory.matchKeyword("word", word);
            case 1 -> ConditionFactory.matchKeyword("words", word);
            case 2 -> ConditionFactory.matchKeywords("words[]", List.of(word, word()));
            case 3 -> ConditionFactory.match("even", random.nextBoolean());
            case 4 -> ConditionFactory.match("meta.n", random.nextInt(-5, 5));
            case 5 ->
                ConditionFactory.range(
                        random.nextBoolean() ? "meta.n" : "score",
                        Range.newBuilder()
                                .setGte(random.nextInt(-5, 5))
                                .setLt(random.nextInt(-5, 5))
                                .build());
            case 6 -> ConditionFactory.isEmpty("word");
            case 7 -> ConditionFactory.matchExceptKeywords("words", List.of(word, word()));
            case 8 -> ConditionFactory.matchText("word", word);
            case 9 ->
                ConditionFactory.range("score", Range.newBuilder().setGt(0).build());
            case 10 -> ConditionFactory.hasId(List.of(id(random.nextInt(POINTS)), id(random.nextInt(POINTS))));
            default -> ConditionFactory.filter(filter(depth - 1));
        };
    }

    private Map<String, Value> payload() {
        Value meta = value(Map.of("n", value(random.nextInt(-5, 5))));
        Map<String, Value> payload = new HashMap<>(Map.of(
                "even",
                value(random.nextBoolean()),
                "meta",
                meta,
                "score",
                random.nextBoolean() ? value(random.nextGaussian()) : value(-0.0),
                "words",
                list(List.of(value(word()), value(word()), value(random.nextInt(3))))));
        if (random.nextBoolean()) {
            payload.put("word", value(word()));
        }
        return payload;
    }

    /** Few words, one of them too long to be a term. */
    private String word() {
        int word = random.nextInt(6);
        return word == 5 ? "long".repeat(200) : "word" + word;
    }

    private static boolean isEven(PointStruct point) {
        return point.getPayloadOrThrow("even").getBoolValue();
    }

    private float[] vector() {
        float[] vector = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] a, PointStruct point) {
        List<Float> b = point.getVectors().getVector().getDense().getDataList();
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < SIZE; i++) {
            product += a[i] * b.get(i);
            lengthA += a[i] * a[i];
            lengthB += b.get(i) * b.get(i);
        }
        return product / Math.sqrt(lengthA * lengthB);
    }
}
