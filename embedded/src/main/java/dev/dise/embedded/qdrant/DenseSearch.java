package dev.dise.embedded.qdrant;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;

/** Finds the points whose dense vectors are nearest to a target. Points without the vector are never found. */
final class DenseSearch {

    private final IndexSearcher searcher;
    private final DenseSpec spec;
    private final float[] target;
    private final Query filter;

    DenseSearch(IndexSearcher searcher, DenseSpec spec, float[] target, Query filter) {
        this.searcher = searcher;
        this.spec = spec;
        this.target = target;
        this.filter = filter;
    }

    /** Compares with every point that passes the filter. */
    List<Hit> exactly(int limit) throws IOException {
        TopHits hits = new TopHits(limit, spec.metric().isDistance());
        LeafFilter leafFilter = new LeafFilter(searcher, filter);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(spec.field());
            if (vectors == null) {
                continue;
            }
            DocIndexIterator documents = vectors.iterator();
            leafFilter.forEach(
                    leaf,
                    documents,
                    document -> hits.offer(leaf.docBase + document, score(vectors, documents.index())));
        }
        return hits.best();
    }

    /**
     * Walks the graph.
     *
     * @param candidates how many the walk keeps in view, at least the limit: more is slower and more exact
     */
    List<Hit> byGraph(int limit, int candidates) throws IOException {
        int kept = Math.max(
                1,
                Math.min(Math.max(limit, candidates), searcher.getIndexReader().maxDoc()));
        Query query = new KnnFloatVectorQuery(spec.field(), target, kept, graphFilter());
        TopHits hits = new TopHits(limit, spec.metric().isDistance());
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        for (ScoreDoc found : searcher.search(query, limit).scoreDocs) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found.doc, leaves));
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(spec.field());
            DocIndexIterator documents = vectors.iterator();
            documents.advance(found.doc - leaf.docBase);
            // Lucene's score is of its own kind; Qdrant's is computed again from the few that were found.
            hits.offer(found.doc, score(vectors, documents.index()));
        }
        return hits.best();
    }

    private float score(FloatVectorValues vectors, int index) throws IOException {
        return spec.metric().score(target, vectors.vectorValue(index));
    }

    private @Nullable Query graphFilter() {
        return filter instanceof MatchAllDocsQuery ? null : filter;
    }
}
