package dev.dise.rag.compare;

import static io.qdrant.client.WithPayloadSelectorFactory.enable;

import com.google.common.util.concurrent.ListenableFuture;
import dev.dise.rag.PointVersion;
import dev.dise.rag.store.QdrantErrors;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One collection of Qdrant, read page by page and mended point by point. Used by one thread. */
final class CollectionReader implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int PAGE = 128;

    private final QdrantLink link;
    private final QdrantClient client;
    private final String collection;

    /** Some points, and where to go on; null at the end. */
    record Page(List<RetrievedPoint> points, @Nullable PointId next) {}

    private interface Call<T> {
        ListenableFuture<T> start();
    }

    CollectionReader(Qdrant config, String collection) {
        this.link = new QdrantLink(config, DEADLINE);
        this.client = link.client();
        this.collection = collection;
    }

    /** How long its vectors are. */
    int dimension() throws StoreUnavailableException {
        return (int) await(() -> client.getCollectionInfoAsync(collection))
                .getConfig()
                .getParams()
                .getVectorsConfig()
                .getParams()
                .getSize();
    }

    long count() throws StoreUnavailableException {
        return await(() -> client.countAsync(collection));
    }

    /** The points from this one on. An answer has its limit too, so that large points come in smaller pages. */
    Page page(@Nullable PointId from, boolean withVectors) throws StoreUnavailableException {
        for (int size = PAGE; ; size = size / 4) {
            try {
                ScrollPoints.Builder request = ScrollPoints.newBuilder()
                        .setCollectionName(collection)
                        .setLimit(size)
                        .setWithPayload(enable(true))
                        .setWithVectors(WithVectorsSelectorFactory.enable(withVectors));
                if (from != null) {
                    request.setOffset(from);
                }
                ScrollResponse page = raw(() -> client.scrollAsync(request.build(), DEADLINE));
                return new Page(page.getResultList(), page.hasNextPageOffset() ? page.getNextPageOffset() : null);
            } catch (ExecutionException e) {
                if (size < 4 || !QdrantErrors.isTooMuch(e)) {
                    throw QdrantErrors.sorted(e);
                }
            }
        }
    }

    /** Those of the points that are there. */
    List<RetrievedPoint> points(List<UUID> ids) throws StoreUnavailableException {
        List<PointId> wanted = ids.stream().map(PointIdFactory::id).toList();
        try {
            return raw(() -> client.retrieveAsync(collection, wanted, true, true, null));
        } catch (ExecutionException e) {
            if (ids.size() == 1 || !QdrantErrors.isTooMuch(e)) {
                throw QdrantErrors.sorted(e);
            }
            List<RetrievedPoint> points = new ArrayList<>(points(ids.subList(0, ids.size() / 2)));
            points.addAll(points(ids.subList(ids.size() / 2, ids.size())));
            return points;
        }
    }

    /** Writes points over what is not newer; returns once they can be found. */
    void write(Collection<PointVersion> versions) throws StoreUnavailableException {
        UpsertPoints request = UpsertPoints.newBuilder()
                .setCollectionName(collection)
                .addAllPoints(versions.stream().map(PointVersion::point).toList())
                .setUpdateFilter(PointVersion.replaceable(versions))
                .setWait(true)
                .build();
        await(() -> client.upsertAsync(request, DEADLINE));
    }

    /** Removes the points that the filter finds; returns once no search finds them. */
    void remove(Filter filter) throws StoreUnavailableException {
        await(() -> client.deleteAsync(collection, filter, DEADLINE));
    }

    @Override
    public void close() {
        link.close();
    }

    private <T> T await(Call<T> call) throws StoreUnavailableException {
        try {
            return raw(call);
        } catch (ExecutionException e) {
            throw QdrantErrors.sorted(e);
        }
    }

    private static <T> T raw(Call<T> call) throws StoreUnavailableException, ExecutionException {
        try {
            return call.start().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for Qdrant", e);
        }
    }
}
