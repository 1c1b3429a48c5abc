package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.HasIdCondition;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Answers the requests that rank points. */
final class PointQueries {

    private PointQueries() {}

    static List<ScoredPoint> query(QueryPoints request, PointSnapshot points, FieldIndexes indexes) throws IOException {
        PointAnswers answers = new PointAnswers(points, request.getWithPayload(), request.getWithVectors());
        List<Hit> hits = new QueryRun(points, indexes).run(stage(request));
        List<ScoredPoint> found = new ArrayList<>();
        for (Hit hit : hits.subList(Math.min(offset(request), hits.size()), hits.size())) {
            found.add(answers.scored(hit));
        }
        return found;
    }

    /** The request as its outermost stage. */
    static QueryStage stage(QueryPoints request) {
        QueryStage stage = QueryStage.of(request);
        return stage.withFilter(without(named(request), stage.filter()));
    }

    /** A sample has no order, so there is nothing to skip. */
    private static int offset(QueryPoints request) {
        boolean isSample = request.getQuery().hasSample() && request.getPrefetchCount() == 0;
        return isSample ? 0 : Limits.bounded(request.getOffset());
    }

    private static List<PointId> named(QueryPoints request) {
        List<PointId> named = new ArrayList<>(QueryTargets.namedBy(request.getQuery()));
        request.getPrefetchList().forEach(prefetch -> addNamed(prefetch, named));
        return named;
    }

    private static void addNamed(PrefetchQuery prefetch, List<PointId> named) {
        named.addAll(QueryTargets.namedBy(prefetch.getQuery()));
        prefetch.getPrefetchList().forEach(inner -> addNamed(inner, named));
    }

    /** Points that a query names are not among the answers, whichever of its stages names them. */
    private static Filter without(List<PointId> named, Filter filter) {
        if (named.isEmpty()) {
            return filter;
        }
        Condition isNamed = Condition.newBuilder()
                .setHasId(HasIdCondition.newBuilder().addAllHasId(named))
                .build();
        return filter.toBuilder().addMustNot(isNamed).build();
    }
}
