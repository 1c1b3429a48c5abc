package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.SparseVector;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Finds the points whose sparse vectors have the largest dot product with a query, exactly. Only points that share an index
 * with it are found, and none whose score is zero.
 *
 * <p>With the modifier Idf Qdrant multiplies each value of the query by {@code ln((N - df + 0.5) / (df + 0.5) + 1)}, in
 * 32-bit floats. N is the number of points whose sparse vector of this name is not empty, df the number of those that have
 * the index; the query's filter changes neither. Deleted points are not counted, here exactly, in Qdrant once its optimizer
 * has dropped them.
 */
final class SparseSearch {

    private final IndexSearcher searcher;
    private final SparseSpec spec;
    private final Query filter;

    SparseSearch(IndexSearcher searcher, SparseSpec spec, Query filter) {
        this.searcher = searcher;
        this.spec = spec;
        this.filter = filter;
    }

    List<Hit> best(SparseVector query, int limit) throws IOException {
        float[] weights = weights(query);
        TopHits hits = new TopHits(limit, false);
        LeafFilter leafFilter = new LeafFilter(searcher, filter);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Terms terms = leaf.reader().terms(spec.field());
            if (terms == null) {
                continue;
            }
            float[] scores = new float[leaf.reader().maxDoc()];
            FixedBitSet touched = new FixedBitSet(scores.length);
            addScores(terms.iterator(), query, weights, scores, touched);
            leafFilter.forEach(leaf, new BitSetIterator(touched, touched.cardinality()), document -> {
                if (scores[document] != 0) {
                    hits.offer(leaf.docBase + document, scores[document]);
                }
            });
        }
        return hits.best();
    }

    /** Walks the lists of the query's indices one after the other, so that each sum is in the order of the indices. */
    private static void addScores(
            TermsEnum terms, SparseVector query, float[] weights, float[] scores, FixedBitSet touched)
            throws IOException {
        PostingsEnum postings = null;
        for (int i = 0; i < weights.length; i++) {
            if (!terms.seekExact(SparsePostings.term(query.getIndices(i)))) {
                continue;
            }
            postings = terms.postings(postings, PostingsEnum.PAYLOADS);
            for (int document = postings.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = postings.nextDoc()) {
                postings.nextPosition();
                scores[document] += weights[i] * SparsePostings.value(postings.getPayload());
                touched.set(document);
            }
        }
    }

    private float[] weights(SparseVector query) throws IOException {
        float[] weights = new float[query.getValuesCount()];
        float all = spec.countsRareness() ? count(SparsePostings.ANY) : 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = query.getValues(i);
            if (spec.countsRareness()) {
                weights[i] *= rareness(all, count(SparsePostings.term(query.getIndices(i))));
            }
        }
        return weights;
    }

    private int count(BytesRef term) throws IOException {
        return searcher.count(new TermQuery(new Term(spec.field(), term)));
    }

    private static float rareness(float all, float having) {
        return (float) Math.log((all - having + 0.5f) / (having + 0.5f) + 1f);
    }
}
