package dev.dise.embedded.qdrant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** Narrows the documents of a leaf to the living ones that pass a filter. */
final class LeafFilter {

    private final @Nullable Weight filter;

    LeafFilter(IndexSearcher searcher, Query filter) throws IOException {
        this.filter = filter instanceof MatchAllDocsQuery
                ? null
                : searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    /** What is done with a document that passed. */
    @FunctionalInterface
    interface Action {
        void accept(int document) throws IOException;
    }

    /** Calls the action for each document that passes, with the given iterator standing on it, in order. */
    void forEach(LeafReaderContext leaf, DocIdSetIterator documents, Action action) throws IOException {
        DocIdSetIterator passing = passing(leaf, documents);
        Bits living = leaf.reader().getLiveDocs();
        for (int document = passing.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = passing.nextDoc()) {
            if (living == null || living.get(document)) {
                action.accept(document);
            }
        }
    }

    private DocIdSetIterator passing(LeafReaderContext leaf, DocIdSetIterator documents) throws IOException {
        if (filter == null) {
            return documents;
        }
        Scorer scorer = filter.scorer(leaf);
        if (scorer == null) {
            return DocIdSetIterator.empty();
        }
        List<DocIdSetIterator> iterators = new ArrayList<>();
        iterators.add(documents);
        iterators.add(scorer.iterator());
        return ConjunctionUtils.intersectIterators(iterators);
    }
}
