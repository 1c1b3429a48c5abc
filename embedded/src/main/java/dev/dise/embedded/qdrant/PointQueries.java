package dev.dise.embedded.qdrant;

import dev.dise.embedded.qdrant.PointSnapshot.ScoredPointRow;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.HasIdCondition;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.Query.VariantCase;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.VectorInput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Answers the requests that rank points. */
final class PointQueries {

    private static final int DEFAULT_LIMIT = 10;
    /** Twice what Qdrant keeps in view by default; Lucene splits them over its segments. */
    private static final int DEFAULT_CANDIDATES = 200;

    private PointQueries() {}

    static List<ScoredPoint> query(QueryPoints request, PointSnapshot points, VectorSpec spec) throws IOException {
        refuseMissing(request);
        int offset = Limits.bounded(request.getOffset());
        int limit = Limits.limit(request.hasLimit(), request.getLimit(), DEFAULT_LIMIT);
        PayloadSelection payload = PayloadSelection.of(request.getWithPayload());
        boolean withVectors = PointReads.wantsVectors(request.getWithVectors());
        return rows(request, points, spec, offset + limit).stream()
                .filter(row -> !request.hasScoreThreshold()
                        || spec.metric().isNearEnough(row.score(), request.getScoreThreshold()))
                .skip(offset)
                .map(row -> scored(row, payload, withVectors))
                .toList();
    }

    private static List<ScoredPointRow> rows(QueryPoints request, PointSnapshot points, VectorSpec spec, int limit)
            throws IOException {
        if (!request.hasQuery()) {
            return points.page(FilterQuery.of(request.getFilter()), limit).stream()
                    .map(point -> new ScoredPointRow(point, 0))
                    .toList();
        }
        VectorInput target = request.getQuery().getNearest();
        return switch (target.getVariantCase()) {
            case DENSE ->
                nearest(request, points, spec, spec.read(target.getDense().getDataList()), request.getFilter(), limit);
            case ID ->
                nearest(
                        request,
                        points,
                        spec,
                        vectorOf(target.getId(), points),
                        without(target.getId(), request),
                        limit);
            case SPARSE -> throw QdrantError.missing("sparse vectors");
            case MULTI_DENSE -> throw QdrantError.missing("multi vectors");
            case DOCUMENT, IMAGE, OBJECT -> throw QdrantError.missing("inference");
            case VARIANT_NOT_SET -> throw QdrantError.wrongInput("query.nearest is empty");
        };
    }

    private static List<ScoredPointRow> nearest(
            QueryPoints request, PointSnapshot points, VectorSpec spec, float[] target, Filter filter, int limit)
            throws IOException {
        if (request.getParams().getExact() || spec.isFullScan(points.size())) {
            return points.nearestExactly(target, FilterQuery.of(filter), limit);
        }
        int candidates = request.getParams().hasHnswEf()
                ? Limits.bounded(request.getParams().getHnswEf())
                : DEFAULT_CANDIDATES;
        return points.nearest(target, FilterQuery.of(filter), limit, candidates);
    }

    private static float[] vectorOf(PointId id, PointSnapshot points) throws IOException {
        return points.find(id)
                .orElseThrow(() -> QdrantError.notFound(
                        "No point with id " + (id.hasUuid() ? id.getUuid() : id.getNum()) + " found"))
                .vector();
    }

    /** A point that is asked by its id is not among the answers. */
    private static Filter without(PointId id, QueryPoints request) {
        Condition isIt = Condition.newBuilder()
                .setHasId(HasIdCondition.newBuilder().addHasId(id))
                .build();
        Condition rest = Condition.newBuilder().setFilter(request.getFilter()).build();
        return Filter.newBuilder().addMust(rest).addMustNot(isIt).build();
    }

    private static ScoredPoint scored(ScoredPointRow row, PayloadSelection payload, boolean withVectors) {
        StoredPoint point = row.point();
        ScoredPoint.Builder answer = ScoredPoint.newBuilder()
                .setId(point.id())
                .setScore(row.score())
                .setVersion(point.version())
                .putAllPayload(payload.of(point.payload()));
        if (withVectors) {
            answer.setVectors(point.vectors());
        }
        return answer.build();
    }

    private static void refuseMissing(QueryPoints request) {
        if (request.getPrefetchCount() > 0) {
            throw QdrantError.missing("prefetch");
        }
        if (!request.getUsing().isEmpty()) {
            throw QdrantError.wrongInput("Not existing vector name error: " + request.getUsing());
        }
        if (request.hasLookupFrom()) {
            throw QdrantError.missing("lookup_from");
        }
        VariantCase variant = request.getQuery().getVariantCase();
        if (request.hasQuery() && variant != VariantCase.NEAREST) {
            throw QdrantError.missing("query." + variant.name().toLowerCase(Locale.ROOT));
        }
    }
}
