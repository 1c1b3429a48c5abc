package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.SparseVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** Runs the stages of a query on one snapshot, the innermost first. */
final class QueryRun {

    /** Twice what Qdrant keeps in view by default; Lucene splits them over its segments. */
    private static final int DEFAULT_CANDIDATES = 200;

    private final PointSnapshot points;
    private final FieldIndexes indexes;

    QueryRun(PointSnapshot points, FieldIndexes indexes) {
        this.points = points;
        this.indexes = indexes;
    }

    List<Hit> run(QueryStage stage) throws IOException {
        if (stage.prefetches().isEmpty()) {
            return rank(stage, points.filter(stage.filter()));
        }
        List<List<Hit>> sources = new ArrayList<>();
        for (var prefetch : stage.prefetches()) {
            sources.add(run(stage.below(prefetch)));
        }
        return stage.isFusion() ? fuse(stage, sources) : rank(stage, anyOf(sources));
    }

    private static List<Hit> fuse(QueryStage stage, List<List<Hit>> sources) {
        return Fusions.fuse(stage.query().orElseThrow(), sources).stream()
                .filter(hit -> stage.threshold().isEmpty()
                        || hit.score() >= stage.threshold().get())
                .limit(stage.limit())
                .toList();
    }

    private org.apache.lucene.search.Query anyOf(List<List<Hit>> sources) throws IOException {
        Set<BytesRef> keys = new LinkedHashSet<>();
        for (List<Hit> source : sources) {
            for (Hit hit : source) {
                keys.add(points.reader().key(hit.document()));
            }
        }
        return new TermInSetQuery(PointDocument.ID, keys);
    }

    private List<Hit> rank(QueryStage stage, org.apache.lucene.search.Query filter) throws IOException {
        if (stage.query().isEmpty()) {
            return points.page(filter, stage.limit()).stream()
                    .map(Hit::unscored)
                    .toList();
        }
        Query query = stage.query().get();
        return switch (query.getVariantCase()) {
            case NEAREST, RECOMMEND -> nearest(stage, filter);
            case ORDER_BY -> FieldOrder.of(query.getOrderBy(), indexes).first(points, filter, stage.limit());
            case SAMPLE -> RandomSample.of(points.findAll(filter), stage.limit());
            case FUSION, RRF ->
                throw QdrantError.wrongInput("Validation failed: cannot apply Fusion without prefetches");
            case FORMULA, DISCOVER, CONTEXT, NEAREST_WITH_MMR, RELEVANCE_FEEDBACK ->
                throw QdrantError.missing(
                        "query." + query.getVariantCase().name().toLowerCase(Locale.ROOT));
            case VARIANT_NOT_SET -> throw QdrantError.badArgument("Query variant is missing");
        };
    }

    private List<Hit> nearest(QueryStage stage, org.apache.lucene.search.Query filter) throws IOException {
        QueryTargets targets = new QueryTargets(points, stage.using());
        DenseSpec spec = points.schema().findDense(stage.using());
        Query query = stage.query().orElseThrow();
        if (spec == null) {
            SparseVector target = targets.sparse(query);
            List<Hit> hits = new SparseSearch(points.searcher(), points.schema().requireSparse(stage.using()), filter)
                    .best(target, stage.limit());
            return nearEnough(stage, hits, Metric.DOT);
        }
        DenseSearch search = new DenseSearch(points.searcher(), spec, targets.dense(query, spec), filter);
        return nearEnough(stage, search(search, spec, stage), spec.metric());
    }

    private List<Hit> search(DenseSearch search, DenseSpec spec, QueryStage stage) throws IOException {
        SearchParams params = stage.params();
        if (params.getExact() || !stage.prefetches().isEmpty() || spec.isFullScan(points.size())) {
            return search.exactly(stage.limit());
        }
        int candidates = params.hasHnswEf() ? Limits.bounded(params.getHnswEf()) : DEFAULT_CANDIDATES;
        return search.byGraph(stage.limit(), candidates);
    }

    private static List<Hit> nearEnough(QueryStage stage, List<Hit> hits, Metric metric) {
        return hits.stream()
                .filter(hit -> stage.threshold().isEmpty()
                        || metric.isNearEnough(hit.score(), stage.threshold().get()))
                .toList();
    }
}
