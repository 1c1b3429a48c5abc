package dev.dise.rag.generations;

import dev.dise.rag.store.QdrantErrors;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The points of a collection with all they have, in the order of their ids, page by page. Memory is bounded by a page. */
final class PointPages {
    private static final int PAGE = 200;
    /** Points that are read back by their ids at once. */
    static final int AT_ONCE = 50;

    private final QdrantLink link;
    private final String collection;
    private final Deque<StoredPoint> page = new ArrayDeque<>();
    private int limit = PAGE;
    private boolean isLast;
    private @Nullable PointId next;

    PointPages(QdrantLink link, String collection) {
        this.link = link;
        this.collection = collection;
    }

    /** The next point, which stays the next; null at the end. */
    @Nullable
    StoredPoint peek() {
        while (page.isEmpty() && !isLast) {
            Patiently.run(this::read);
        }
        return page.peekFirst();
    }

    /** Goes on to the one behind. */
    void advance() {
        page.pollFirst();
    }

    /** Those of the points that are there, by id. */
    static Map<String, StoredPoint> byIds(QdrantLink link, String collection, Collection<String> ids) {
        List<PointId> wanted =
                ids.stream().map(id -> PointIdFactory.id(UUID.fromString(id))).toList();
        Map<String, StoredPoint> points = new HashMap<>();
        for (RetrievedPoint point :
                Patiently.call(() -> link.await(link.client().retrieveAsync(collection, wanted, true, true, null)))) {
            StoredPoint stored = StoredPoint.from(point);
            points.put(stored.id(), stored);
        }
        return points;
    }

    private void read() throws StoreUnavailableException {
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(collection)
                .setLimit(limit)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(true));
        if (next != null) {
            request.setOffset(next);
        }
        try {
            ScrollResponse answer = link.awaitRaw(link.client().scrollAsync(request.build(), link.deadline()));
            answer.getResultList().forEach(point -> page.add(StoredPoint.from(point)));
            isLast = !answer.hasNextPageOffset();
            next = answer.getNextPageOffset();
        } catch (ExecutionException e) {
            if (!QdrantErrors.isTooMuch(e) || limit == 1) {
                throw QdrantErrors.sorted(e);
            }
            // Large payloads: a smaller page has room.
            limit = Math.max(1, limit / 4);
        }
    }
}
