package dev.dise.bench.rag;

import dev.dise.cli.bench.Figure;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchParams;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many of the ten nearest the embedded vector store finds, and how long it takes. */
final class VectorSearch {
    private static final int QUESTIONS = 300;
    private static final int EXACT = 100;
    private static final int WARM_UP = 1_000;
    private static final int NEAREST = 10;

    private final RagServers servers;
    private final ManyPoints points;
    private final PrintWriter progress;

    VectorSearch(RagServers servers, ManyPoints points, PrintWriter progress) {
        this.servers = servers;
        this.points = points;
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            search(points.question(QUESTIONS + i), false);
        }
        List<Double> millis = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            long begun = System.nanoTime();
            Set<PointId> near = search(points.question(i), false);
            millis.add((System.nanoTime() - begun) / 1e6);
            if (i < EXACT) {
                Set<PointId> exact = search(points.question(i), true);
                exact.retainAll(near);
                found += exact.size();
            }
        }
        millis.sort(null);
        double p50 = millis.get(QUESTIONS / 2);
        double p99 = millis.get(QUESTIONS * 99 / 100);
        progress.printf("search among %,d points: p50 %.2f ms, p99 %.2f ms%n", points.count(), p50, p99);
        return List.of(
                Figure.ratioOfAtLeast(0.98, "recall_at_10", (double) found / EXACT / NEAREST),
                Figure.rate("search_p50_us", p50 * 1000, "µs"),
                Figure.rate("search_p99_us", p99 * 1000, "µs"));
    }

    private Set<PointId> search(float[] vector, boolean exactly) throws Exception {
        QueryPoints query = QueryPoints.newBuilder()
                .setCollectionName(RagServers.COLLECTION)
                .setQuery(QueryFactory.nearest(vector))
                .setParams(SearchParams.newBuilder().setExact(exactly))
                .setLimit(NEAREST)
                .build();
        Set<PointId> ids = new HashSet<>();
        for (ScoredPoint point : servers.client().queryAsync(query).get()) {
            ids.add(point.getId());
        }
        return ids;
    }
}
