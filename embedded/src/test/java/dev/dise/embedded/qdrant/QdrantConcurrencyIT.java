package dev.dise.embedded.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.fusion;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading while others write. */
class QdrantConcurrencyIT {

    private static final String NAME = "plans";
    private static final int BATCH = 20;
    private static final int BATCHES = 40;
    private static final int READERS = 3;

    @TempDir
    Path directory;

    @Test
    void readersSeeEachBatchWholeOrNotAtAll() throws Exception {
        try (QdrantStack stack = QdrantStack.start(directory);
                ExecutorService threads = Executors.newFixedThreadPool(READERS + 1)) {
            stack.client().createCollectionAsync(collection()).get();
            Future<?> writing = threads.submit(() -> write(stack));
            List<Future<?>> reading = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                reading.add(threads.submit(() -> readUntilDone(stack, writing)));
            }
            writing.get();
            for (Future<?> reader : reading) {
                reader.get();
            }
            assertThat(stack.client().countAsync(NAME).get()).isEqualTo((long) BATCH * BATCHES);
        }
    }

    private static @Nullable Void write(QdrantStack stack) throws Exception {
        for (int batch = 0; batch < BATCHES; batch++) {
            List<PointStruct> points = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                var words = QdrantContractTheme.sparse(Map.of(1, 1f + i));
                points.add(QdrantContractTheme.point(
                        id((long) batch * BATCH + i),
                        namedVectors(Map.of("", vector(1f, i), "words", words)),
                        Map.of()));
            }
            stack.client().upsertAsync(NAME, points).get();
        }
        return null;
    }

    private static @Nullable Void readUntilDone(QdrantStack stack, Future<?> writing) throws Exception {
        while (!writing.isDone()) {
            assertThat(stack.client().countAsync(NAME).get() % BATCH).isZero();
            List<ScoredPoint> found = stack.client().queryAsync(hybrid()).get();
            assertThat(found).hasSizeLessThanOrEqualTo(10);
            assertThat(found.stream().map(ScoredPoint::getScore)).isSortedAccordingTo((a, b) -> Float.compare(b, a));
        }
        return null;
    }

    private static QueryPoints hybrid() {
        return QueryPoints.newBuilder()
                .setCollectionName(NAME)
                .addPrefetch(PrefetchQuery.newBuilder().setQuery(nearest(1f, 1f)))
                .addPrefetch(PrefetchQuery.newBuilder().setUsing("words").setQuery(nearest(List.of(1f), List.of(1))))
                .setQuery(fusion(Fusion.RRF))
                .build();
    }

    private static CreateCollection collection() {
        return CreateCollection.newBuilder()
                .setCollectionName(NAME)
                .setVectorsConfig(VectorsConfig.newBuilder().setParams(QdrantContractTheme.params(2, Distance.Dot)))
                .setSparseVectorsConfig(QdrantContractTheme.words(Modifier.Idf))
                .build();
    }
}
