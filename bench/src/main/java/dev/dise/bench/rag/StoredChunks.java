package dev.dise.bench.rag;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The points of the collection, page by page. */
final class StoredChunks {
    private static final int PAGE = 100;

    private StoredChunks() {}

    static List<RetrievedPoint> all(QdrantClient client) throws Exception {
        List<RetrievedPoint> points = new ArrayList<>();
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(RagServers.COLLECTION)
                .setLimit(PAGE)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(true));
        while (true) {
            ScrollResponse page = client.scrollAsync(request.build()).get();
            points.addAll(page.getResultList());
            if (!page.hasNextPageOffset()) {
                return points;
            }
            request.setOffset(page.getNextPageOffset());
        }
    }

    /** What was embedded of the point. */
    static String text(RetrievedPoint point) {
        if (point.getPayloadOrThrow("chunk_index").getIntegerValue() > 0) {
            return text(point, "content");
        }
        String all = Stream.of(text(point, "name"), text(point, "description"), text(point, "content"))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n"));
        return all.substring((int) point.getPayloadOrThrow("chunk_start").getIntegerValue(), (int)
                        point.getPayloadOrThrow("chunk_end").getIntegerValue())
                .strip();
    }

    private static String text(RetrievedPoint point, String key) {
        return point.getPayloadOrThrow(key).getStringValue();
    }
}
