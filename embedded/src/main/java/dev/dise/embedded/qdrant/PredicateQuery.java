package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/** Looks at the payload of each point that is not ruled out otherwise. Equal conditions are equal queries. */
final class PredicateQuery extends Query {

    /** What decoding and testing one payload costs, in Lucene's unit of a simple operation. */
    private static final float MATCH_COST = 1000;

    private final Condition condition;
    private final PointPredicate predicate;

    PredicateQuery(Condition condition, PointPredicate predicate) {
        this.condition = condition;
        this.predicate = predicate;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                BinaryDocValues points = context.reader().getBinaryDocValues(PointDocument.POINT);
                if (points == null) {
                    return null;
                }
                TwoPhaseIterator matches =
                        lookAt(points, DocIdSetIterator.all(context.reader().maxDoc()));
                return new DefaultScorerSupplier(new ConstantScoreScorer(score(), scoreMode, matches));
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return true;
            }
        };
    }

    private TwoPhaseIterator lookAt(BinaryDocValues points, DocIdSetIterator all) {
        return new TwoPhaseIterator(all) {
            @Override
            public boolean matches() throws IOException {
                if (!points.advanceExact(approximation.docID())) {
                    return false;
                }
                var point = PointDocument.parse(points.binaryValue());
                return predicate.test(point.getId(), point.getPayloadMap());
            }

            @Override
            public float matchCost() {
                return MATCH_COST;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "payload(" + condition + ")";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PredicateQuery query && condition.equals(query.condition);
    }

    @Override
    public int hashCode() {
        return condition.hashCode();
    }
}
