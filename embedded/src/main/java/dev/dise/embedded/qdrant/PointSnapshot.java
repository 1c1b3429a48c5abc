package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;

/** The points of a collection at one moment. */
final class PointSnapshot {

    private static final Sort BY_ID = new Sort(new SortField(PointDocument.ID, SortField.Type.STRING));

    private final IndexSearcher searcher;
    private final Metric metric;

    PointSnapshot(IndexSearcher searcher, Metric metric) {
        this.searcher = searcher;
        this.metric = metric;
    }

    int count(Query filter) throws IOException {
        return searcher.count(filter);
    }

    int size() {
        return searcher.getIndexReader().numDocs();
    }

    int segments() {
        return searcher.getIndexReader().leaves().size();
    }

    Optional<StoredPoint> find(PointId id) throws IOException {
        return page(new TermQuery(new Term(PointDocument.ID, PointKey.of(id))), 1).stream()
                .findFirst();
    }

    /** All points that pass the filter, in the order of their ids. */
    List<StoredPoint> findAll(Query filter) throws IOException {
        return page(filter, Math.max(1, searcher.getIndexReader().maxDoc()));
    }

    /** Points that pass the filter, in the order of their ids. */
    List<StoredPoint> page(Query filter, int limit) throws IOException {
        return read(searcher.search(filter, limit, BY_ID).scoreDocs);
    }

    /** The filter narrowed to ids from the given one on. */
    static Query from(PointId first, Query filter) {
        Query ids = new TermRangeQuery(PointDocument.ID, PointKey.of(first), null, true, true);
        return new BooleanQuery.Builder()
                .add(filter, Occur.FILTER)
                .add(ids, Occur.FILTER)
                .build();
    }

    /**
     * The nearest points that pass the filter, the nearest first.
     *
     * @param candidates how many the graph search keeps in view, at least the limit: more is slower and more exact
     */
    List<ScoredPointRow> nearest(float[] target, Query filter, int limit, int candidates) throws IOException {
        Query query = new KnnFloatVectorQuery(PointDocument.VECTOR, target, Math.max(limit, candidates), filter);
        List<ScoredPointRow> rows = new ArrayList<>();
        for (StoredPoint point : read(searcher.search(query, limit).scoreDocs)) {
            rows.add(new ScoredPointRow(point, metric.score(target, point.vector())));
        }
        return rows;
    }

    /** As {@link #nearest}, but compares with every point that passes the filter. */
    List<ScoredPointRow> nearestExactly(float[] target, Query filter, int limit) throws IOException {
        // Lucene compares one by one where the filter lets no more through than are asked for.
        return nearest(
                target, filter, limit, Math.max(1, searcher.getIndexReader().maxDoc()));
    }

    /** A point and how near it is. */
    record ScoredPointRow(StoredPoint point, float score) {}

    private List<StoredPoint> read(ScoreDoc[] documents) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        List<StoredPoint> points = new ArrayList<>(documents.length);
        for (ScoreDoc document : documents) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document.doc, leaves));
            points.add(PointDocument.read(leaf.reader(), document.doc - leaf.docBase));
        }
        return points;
    }
}
