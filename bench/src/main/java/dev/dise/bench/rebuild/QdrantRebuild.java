package dev.dise.bench.rebuild;

import dev.dise.bench.line.Asking;
import dev.dise.bench.line.LineServers;
import dev.dise.cli.bench.Figure;
import dev.dise.rag.generations.QdrantGenerations;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.ScrollPoints;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** A collection rebuilt from {@code dise.vectors} and switched to, while readers ask. */
final class QdrantRebuild {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration SELDOM = Duration.ofSeconds(1);

    private final LineServers servers;
    private final PrintWriter progress;
    private final String alias;

    QdrantRebuild(LineServers servers, PrintWriter progress) {
        this.servers = servers;
        this.progress = progress;
        this.alias = servers.config().rag().qdrant().collection();
    }

    List<Figure> measure(int points) throws Exception {
        try (QdrantClient client = client();
                QdrantGenerations generations = QdrantGenerations.of(servers.config(), servers.metrics())) {
            PointId any = any(client);
            try (Asking reader = Asking.start("bench-points", OFTEN, () -> found(client, any));
                    Asking counter = Asking.start("bench-count", SELDOM, () -> count(client))) {
                return measure(points, generations, reader, counter);
            }
        }
    }

    private List<Figure> measure(int points, QdrantGenerations generations, Asking reader, Asking counter) {
        long before = servers.embedded();
        Timeline timeline = new Timeline(() -> points);
        RebuildReport report = generations.rebuild(RebuildOptions.USUAL, timeline);
        timeline.ended();
        timeline.phases().forEach((phase, seconds) -> progress.printf("Qdrant: %.1f s %s%n", seconds, phase));
        boolean equal = generations.digest(1).equals(generations.digest(2));
        long failures = reader.failures() + counter.failures();
        return List.of(
                Figure.rate(
                        "qdrant_rebuild_points_per_s",
                        points / timeline.working().seconds(),
                        "points/s"),
                Figure.countOfAtMost(0, "rebuild_embeddings", servers.embedded() - before, "texts"),
                new Figure("qdrant_digests_equal", equal ? 1 : 0, "yes = 1", 1.0, equal),
                Pauses.pause("qdrant_switch_pause", reader.longestAnswerMillis(timeline.switching())),
                Pauses.pause("qdrant_switch_reported", report.switched().toNanos() / 1e6),
                Figure.countOfAtMost(0, "qdrant_reader_failures", failures, "answers"));
    }

    private QdrantClient client() {
        return new QdrantClient(QdrantGrpcClient.newBuilder(
                        "127.0.0.1", servers.config().rag().qdrant().grpcPort(), false)
                .build());
    }

    private PointId any(QdrantClient client) throws Exception {
        return client.scrollAsync(ScrollPoints.newBuilder()
                        .setCollectionName(alias)
                        .setLimit(1)
                        .build())
                .get()
                .getResult(0)
                .getId();
    }

    private long found(QdrantClient client, PointId id) throws Exception {
        return client.retrieveAsync(alias, List.of(id), false, false, null)
                .get()
                .size();
    }

    private long count(QdrantClient client) throws Exception {
        return client.countAsync(alias, null, true).get();
    }
}
