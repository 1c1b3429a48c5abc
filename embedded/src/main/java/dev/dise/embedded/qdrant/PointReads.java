package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.Query;

/** Answers the requests that read points without ranking them. */
final class PointReads {

    private static final int DEFAULT_PAGE = 10;

    private PointReads() {}

    /** The points that exist, in the order asked for. */
    static GetResponse get(GetPoints request, PointSnapshot points) throws IOException {
        PayloadSelection payload = PayloadSelection.of(request.getWithPayload());
        GetResponse.Builder response = GetResponse.newBuilder();
        for (PointId id : request.getIdsList()) {
            points.find(id)
                    .map(point -> retrieved(point, payload, wantsVectors(request.getWithVectors())))
                    .ifPresent(response::addResult);
        }
        return response.build();
    }

    /** Always exact, which an approximate count may be too. */
    static CountResponse count(CountPoints request, PointSnapshot points) throws IOException {
        int count = points.count(FilterQuery.of(request.getFilter()));
        return CountResponse.newBuilder()
                .setResult(CountResult.newBuilder().setCount(count))
                .build();
    }

    static ScrollResponse scroll(ScrollPoints request, PointSnapshot points) throws IOException {
        if (request.hasOrderBy()) {
            throw QdrantError.missing("order_by");
        }
        int limit = Limits.limit(request.hasLimit(), Integer.toUnsignedLong(request.getLimit()), DEFAULT_PAGE);
        PayloadSelection payload = request.hasWithPayload()
                ? PayloadSelection.of(request.getWithPayload())
                : PayloadSelection.everything();
        Query filter = FilterQuery.of(request.getFilter());
        Query query = request.hasOffset() ? PointSnapshot.from(request.getOffset(), filter) : filter;
        // One more than asked for: it is where the next page begins.
        List<StoredPoint> page = points.page(query, limit + 1);
        ScrollResponse.Builder response = ScrollResponse.newBuilder();
        page.stream()
                .limit(limit)
                .map(point -> retrieved(point, payload, wantsVectors(request.getWithVectors())))
                .forEach(response::addResult);
        if (page.size() > limit) {
            response.setNextPageOffset(page.getLast().id());
        }
        return response.build();
    }

    static boolean wantsVectors(WithVectorsSelector selector) {
        if (selector.hasInclude()) {
            throw QdrantError.missing("named vectors");
        }
        return selector.getEnable();
    }

    private static RetrievedPoint retrieved(StoredPoint point, PayloadSelection payload, boolean withVectors) {
        RetrievedPoint.Builder answer =
                RetrievedPoint.newBuilder().setId(point.id()).putAllPayload(payload.of(point.payload()));
        if (withVectors) {
            answer.setVectors(point.vectors());
        }
        return answer.build();
    }
}
