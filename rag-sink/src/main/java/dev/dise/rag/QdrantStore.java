package dev.dise.rag;

import dev.dise.rag.store.CollectionShape;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** One collection, which is there already, as the sink writes it: each call waits for its effect. */
final class QdrantStore implements AutoCloseable {
    private final QdrantLink link;
    private final String collection;

    /**
     * @param link belongs to the store from here on
     */
    QdrantStore(QdrantLink link, String collection) {
        this.link = link;
        this.collection = collection;
    }

    /**
     * Makes the payload indexes that the collection does not have yet.
     *
     * @throws IllegalStateException if the collection's vectors are others than ours, or the server is too old
     */
    void prepare(int dimension) throws StoreUnavailableException {
        link.requireVersion();
        CollectionShape.requireFit(link, collection, dimension);
        CollectionShape.index(link, collection);
    }

    /**
     * Writes points; they can be found when this returns.
     *
     * @param replaceable which of the points that are there may be replaced
     */
    void upsert(List<PointStruct> points, Filter replaceable) throws StoreUnavailableException, ExecutionException {
        requireCompleted(link.awaitRaw(link.client()
                .upsertAsync(
                        UpsertPoints.newBuilder()
                                .setCollectionName(collection)
                                .addAllPoints(points)
                                .setUpdateFilter(replaceable)
                                .setWait(true)
                                .build(),
                        link.deadline())));
    }

    /** Removes points for good; none is left when this returns. */
    void delete(Filter which) throws StoreUnavailableException {
        requireCompleted(link.await(link.client()
                .deleteAsync(
                        DeletePoints.newBuilder()
                                .setCollectionName(collection)
                                .setPoints(PointsSelector.newBuilder().setFilter(which))
                                .setWait(true)
                                .build(),
                        link.deadline())));
    }

    @Override
    public void close() {
        link.close();
    }

    /** An OK alone is no proof: the update may only have been noted. */
    private static void requireCompleted(UpdateResult result) throws StoreUnavailableException {
        if (result.getStatus() != UpdateStatus.Completed) {
            throw new StoreUnavailableException(
                    "Qdrant has not applied the update yet: " + result.getStatus(), new TimeoutException());
        }
    }
}
