package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.apache.lucene.search.Query;

/** Answers the requests that read points without ranking them. */
final class PointReads {

    private static final int DEFAULT_PAGE = 10;

    private PointReads() {}

    /** The points that exist, in the order asked for. */
    static GetResponse get(GetPoints request, PointSnapshot points) throws IOException {
        PointAnswers answers = new PointAnswers(points, request.getWithPayload(), request.getWithVectors());
        GetResponse.Builder response = GetResponse.newBuilder();
        for (PointId id : request.getIdsList()) {
            OptionalInt document = points.find(id);
            if (document.isPresent()) {
                response.addResult(answers.retrieved(Hit.unscored(document.getAsInt())));
            }
        }
        return response.build();
    }

    /** Always exact, which an approximate count may be too. */
    static CountResponse count(CountPoints request, PointSnapshot points) throws IOException {
        int count = points.count(points.filter(request.getFilter()));
        return CountResponse.newBuilder()
                .setResult(CountResult.newBuilder().setCount(count))
                .build();
    }

    static ScrollResponse scroll(ScrollPoints request, PointSnapshot points, FieldIndexes indexes) throws IOException {
        PayloadSelection payload = request.hasWithPayload()
                ? PayloadSelection.of(request.getWithPayload())
                : PayloadSelection.everything();
        PointAnswers answers = new PointAnswers(points, payload, request.getWithVectors());
        int limit = Limits.limit(request.hasLimit(), Integer.toUnsignedLong(request.getLimit()), DEFAULT_PAGE);
        // One more than asked for: it is where the next page begins.
        List<Hit> page = page(request, points, indexes, limit + 1);
        ScrollResponse.Builder response = ScrollResponse.newBuilder();
        for (Hit hit : page.subList(0, Math.min(limit, page.size()))) {
            response.addResult(answers.retrieved(hit));
        }
        if (page.size() > limit && !request.hasOrderBy()) {
            response.setNextPageOffset(points.reader().id(page.getLast().document()));
        }
        return response.build();
    }

    private static List<Hit> page(ScrollPoints request, PointSnapshot points, FieldIndexes indexes, int limit)
            throws IOException {
        Query filter = points.filter(request.getFilter());
        if (!request.hasOrderBy()) {
            Query query = request.hasOffset() ? PointSnapshot.from(request.getOffset(), filter) : filter;
            return points.page(query, limit).stream().map(Hit::unscored).toList();
        }
        if (request.hasOffset()) {
            throw QdrantError.badRequest("Cannot use an `offset` when using `order_by`. The alternative for paging"
                    + " is to use `order_by.start_from` and a filter to exclude the IDs that you've already seen");
        }
        return FieldOrder.of(request.getOrderBy(), indexes).first(points, filter, limit);
    }
}
