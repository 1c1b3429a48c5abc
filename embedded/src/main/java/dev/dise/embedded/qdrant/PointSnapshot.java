package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.Bits;

/** The points of a collection at one moment. A document number means a point in this snapshot only. */
final class PointSnapshot {

    private static final Sort BY_ID = new Sort(new SortField(PointDocument.ID, SortField.Type.STRING));

    private final IndexSearcher searcher;
    private final VectorSchema schema;
    private final PointReader reader;

    PointSnapshot(IndexSearcher searcher, VectorSchema schema) {
        this.searcher = searcher;
        this.schema = schema;
        this.reader = new PointReader(searcher.getIndexReader(), schema);
    }

    IndexSearcher searcher() {
        return searcher;
    }

    VectorSchema schema() {
        return schema;
    }

    PointReader reader() {
        return reader;
    }

    Query filter(Filter filter) {
        return new FilterQuery(schema).of(filter);
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

    /** The point's document. */
    OptionalInt find(PointId id) throws IOException {
        Term key = new Term(PointDocument.ID, PointKey.of(id));
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            PostingsEnum documents = leaf.reader().postings(key, PostingsEnum.NONE);
            Bits living = leaf.reader().getLiveDocs();
            int document = documents == null ? DocIdSetIterator.NO_MORE_DOCS : documents.nextDoc();
            while (document != DocIdSetIterator.NO_MORE_DOCS) {
                if (living == null || living.get(document)) {
                    return OptionalInt.of(leaf.docBase + document);
                }
                document = documents.nextDoc();
            }
        }
        return OptionalInt.empty();
    }

    /** All points that pass the filter, in the order of their ids. */
    List<Integer> findAll(Query filter) throws IOException {
        return page(filter, Math.max(1, searcher.getIndexReader().maxDoc()));
    }

    /** Points that pass the filter, in the order of their ids. */
    List<Integer> page(Query filter, int limit) throws IOException {
        List<Integer> documents = new ArrayList<>();
        for (ScoreDoc found : searcher.search(filter, limit, BY_ID).scoreDocs) {
            documents.add(found.doc);
        }
        return documents;
    }

    /** The filter narrowed to ids from the given one on. */
    static Query from(PointId first, Query filter) {
        return both(filter, new TermRangeQuery(PointDocument.ID, PointKey.of(first), null, true, true));
    }

    static Query both(Query one, Query other) {
        return new BooleanQuery.Builder()
                .add(one, Occur.FILTER)
                .add(other, Occur.FILTER)
                .build();
    }
}
