package dev.dise.embedded.qdrant;

import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Vectors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a server whose process is killed in the midst of writing. */
class QdrantKilledIT {

    private static final String NAME = "plans";
    /** Of each three points one has both vectors, one only words, one none. */
    private static final int BATCH = 30;

    private static final int ROUNDS = 3;

    @TempDir
    Path directory;

    private final long seed = System.nanoTime();
    private final AtomicInteger answered = new AtomicInteger();

    @Test
    void hasEachAnsweredBatchWholeAndNoPartOfAnother() throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            writeUntilKilled(random);
            try (QdrantStack stack = QdrantStack.start(directory)) {
                assertWhole(stack.client());
            }
        }
    }

    private void writeUntilKilled(Random random) throws Exception {
        Process server = startServer();
        try (QdrantClient client = connect(server)) {
            if (answered.get() == 0) {
                client.createCollectionAsync(collection()).get();
            }
            int target = answered.get() + 5 + random.nextInt(10);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeBatches(client));
            Awaitility.await().until(() -> answered.get() >= target);
            server.destroyForcibly().waitFor();
            writing.join();
        } finally {
            server.destroyForcibly();
        }
    }

    /** Ends when the server does. */
    private void writeBatches(QdrantClient client) {
        while (true) {
            try {
                client.upsertAsync(NAME, batch(answered.get())).get();
            } catch (ExecutionException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            answered.incrementAndGet();
        }
    }

    /** The last batch may be there without its answer, which the kill overtook; then it is there as a whole. */
    private void assertWhole(QdrantClient client) throws Exception {
        long points = client.countAsync(NAME).get();
        assertThat(points).isIn((long) answered.get() * BATCH, (answered.get() + 1L) * BATCH);
        assertThat(client.countAsync(NAME, having(""), true).get()).isEqualTo(points / 3);
        assertThat(client.countAsync(NAME, having("words"), true).get()).isEqualTo(points / 3 * 2);
        for (int batch = 0; batch < answered.get(); batch++) {
            Filter ofBatch = Filter.newBuilder().addMust(match("batch", batch)).build();
            assertThat(client.countAsync(NAME, ofBatch, true).get()).isEqualTo(BATCH);
            QueryPoints byWord = QueryPoints.newBuilder()
                    .setCollectionName(NAME)
                    .setUsing("words")
                    .setQuery(nearest(List.of(1f), List.of(batch)))
                    .setLimit(BATCH)
                    .build();
            assertThat(client.queryAsync(byWord).get()).hasSize(BATCH / 3 * 2);
        }
    }

    private static Filter having(String vectorName) {
        return Filter.newBuilder().addMust(hasVector(vectorName)).build();
    }

    private static CreateCollection collection() {
        return CreateCollection.newBuilder()
                .setCollectionName(NAME)
                .setVectorsConfig(VectorsConfig.newBuilder().setParams(QdrantContractTheme.params(2, Distance.Cosine)))
                .setSparseVectorsConfig(QdrantContractTheme.words(Modifier.Idf))
                .build();
    }

    private static List<PointStruct> batch(int number) {
        List<PointStruct> points = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            points.add(QdrantContractTheme.point(
                    id((long) number * BATCH + i), vectors(number, i), Map.of("batch", value(number))));
        }
        return points;
    }

    private static Vectors vectors(int batch, int i) {
        var words = QdrantContractTheme.sparse(Map.of(batch, 1f + i));
        return switch (i % 3) {
            case 0 -> namedVectors(Map.of("", vector(1f, i), "words", words));
            case 1 -> namedVectors(Map.of("words", words));
            default -> QdrantContractTheme.noVectors();
        };
    }

    private Process startServer() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        QdrantServerMain.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static QdrantClient connect(Process server) throws IOException {
        BufferedReader lines = server.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith("port ")) {
            line = lines.readLine();
        }
        assertThat(line).as("the server's port").isNotNull();
        int port = Integer.parseInt(line.substring("port ".length()));
        return new QdrantClient(
                QdrantGrpcClient.newBuilder("127.0.0.1", port, false).build());
    }
}
