package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import java.util.List;
import java.util.Optional;

/**
 * One stage of a query: what it ranks, or the stages below it whose results it ranks again.
 *
 * @param using the name of the vector that is compared
 * @param filter what points must fulfil, that of the stages above included
 * @param threshold no result may be farther away than this
 */
record QueryStage(
        List<PrefetchQuery> prefetches,
        Optional<Query> query,
        String using,
        Filter filter,
        int limit,
        SearchParams params,
        Optional<Float> threshold) {

    private static final int DEFAULT_LIMIT = 10;

    QueryStage {
        prefetches = List.copyOf(prefetches);
    }

    /** The outermost stage; it finds the points that the offset skips, too. */
    static QueryStage of(QueryPoints request) {
        if (request.hasLookupFrom()) {
            throw QdrantError.missing("lookup_from");
        }
        int limit = Limits.limit(request.hasLimit(), request.getLimit(), DEFAULT_LIMIT);
        return new QueryStage(
                        request.getPrefetchList(),
                        request.hasQuery() ? Optional.of(request.getQuery()) : Optional.empty(),
                        request.getUsing(),
                        request.getFilter(),
                        limit + Limits.bounded(request.getOffset()),
                        request.getParams(),
                        request.hasScoreThreshold() ? Optional.of(request.getScoreThreshold()) : Optional.empty())
                .checked();
    }

    /** A stage below this one. */
    QueryStage below(PrefetchQuery request) {
        if (request.hasLookupFrom()) {
            throw QdrantError.missing("lookup_from");
        }
        return new QueryStage(
                        request.getPrefetchList(),
                        request.hasQuery() ? Optional.of(request.getQuery()) : Optional.empty(),
                        request.getUsing(),
                        both(filter, request.getFilter()),
                        Limits.limit(request.hasLimit(), request.getLimit(), DEFAULT_LIMIT),
                        request.getParams(),
                        request.hasScoreThreshold() ? Optional.of(request.getScoreThreshold()) : Optional.empty())
                .checked();
    }

    QueryStage withFilter(Filter newFilter) {
        return new QueryStage(prefetches, query, using, newFilter, limit, params, threshold);
    }

    QueryStage withLimit(int newLimit) {
        return new QueryStage(prefetches, query, using, filter, newLimit, params, threshold);
    }

    boolean isFusion() {
        return query.filter(asked -> asked.hasFusion() || asked.hasRrf()).isPresent();
    }

    private QueryStage checked() {
        if (!prefetches.isEmpty() && query.isEmpty()) {
            throw QdrantError.badRequest(
                    "A query is needed to merge the prefetches." + " Can't have prefetches without defining a query.");
        }
        if (threshold.isPresent() && query.isEmpty()) {
            throw QdrantError.badRequest("A query is needed to use the score_threshold."
                    + " Can't have score_threshold without defining a query.");
        }
        if (threshold.isPresent() && query.filter(Query::hasOrderBy).isPresent()) {
            throw QdrantError.badRequest("Can't use score_threshold with an order_by query.");
        }
        if (isFusion() && !using.isEmpty()) {
            throw QdrantError.badRequest("Fusion queries cannot be combined with the 'using' field.");
        }
        return this;
    }

    /** As Qdrant joins filters: a point must fulfil what both demand, but one "should" of either is enough. */
    private static Filter both(Filter one, Filter other) {
        Filter.Builder joined = one.toBuilder().mergeFrom(other);
        if (one.hasMinShould() && other.hasMinShould()) {
            joined.getMinShouldBuilder()
                    .setMinCount(Math.max(
                            one.getMinShould().getMinCount(),
                            other.getMinShould().getMinCount()));
        }
        return joined.build();
    }
}
