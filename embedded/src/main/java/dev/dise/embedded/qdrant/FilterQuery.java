package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/**
 * A filter as a query on the index. Matches on keywords, integers and booleans, ranges of numbers and ids are looked up;
 * every other condition looks at the payload of each point that the rest lets through.
 */
final class FilterQuery {

    private final VectorSchema schema;

    FilterQuery(VectorSchema schema) {
        this.schema = schema;
    }

    /** The filter's query; an absent filter is an empty one, which all points pass. */
    Query of(Filter filter) {
        if (filter.equals(Filter.getDefaultInstance())) {
            return MatchAllDocsQuery.INSTANCE;
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        filter.getMustList().forEach(condition -> query.add(of(condition), Occur.FILTER));
        filter.getMustNotList().forEach(condition -> query.add(of(condition), Occur.MUST_NOT));
        if (filter.getShouldCount() > 0) {
            query.add(atLeast(1, filter.getShouldList()), Occur.FILTER);
        }
        if (filter.hasMinShould()) {
            MinShould minShould = filter.getMinShould();
            query.add(atLeast(minShould.getMinCount(), minShould.getConditionsList()), Occur.FILTER);
        }
        return query.build();
    }

    private Query atLeast(long count, List<Condition> conditions) {
        if (count <= 0) {
            return MatchAllDocsQuery.INSTANCE;
        }
        if (count > conditions.size()) {
            return MatchNoDocsQuery.INSTANCE;
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder().setMinimumNumberShouldMatch((int) count);
        conditions.forEach(condition -> query.add(of(condition), Occur.SHOULD));
        return query.build();
    }

    private Query of(Condition condition) {
        return switch (condition.getConditionOneOfCase()) {
            case FILTER -> of(condition.getFilter());
            case HAS_ID -> withIds(condition.getHasId().getHasIdList());
            case HAS_VECTOR -> hasVector(condition.getHasVector().getHasVector());
            case FIELD -> indexed(condition.getField()).orElseGet(() -> lookedAt(condition));
            default -> lookedAt(condition);
        };
    }

    static Query withIds(List<PointId> ids) {
        return ids.size() == 1
                ? new TermQuery(new Term(PointDocument.ID, PointKey.of(ids.getFirst())))
                : new TermInSetQuery(
                        PointDocument.ID, ids.stream().map(PointKey::of).toList());
    }

    /** No point has a vector that the collection does not know. */
    private Query hasVector(String name) {
        DenseSpec dense = schema.dense().get(name);
        if (dense != null) {
            return new FieldExistsQuery(dense.field());
        }
        SparseSpec sparse = schema.sparse().get(name);
        return sparse == null ? MatchNoDocsQuery.INSTANCE : new FieldExistsQuery(sparse.storedField());
    }

    private static Query lookedAt(Condition condition) {
        return new PredicateQuery(condition, FilterPredicate.compile(condition));
    }

    private static Optional<Query> indexed(FieldCondition condition) {
        FieldCondition.Builder rest =
                condition.toBuilder().clearKey().clearMatch().clearRange();
        boolean isOneTest = rest.build().equals(FieldCondition.getDefaultInstance())
                && condition.hasMatch() != condition.hasRange();
        if (!isOneTest) {
            return Optional.empty();
        }
        return PayloadTerms.indexedName(PayloadPath.parse(condition.getKey()))
                .flatMap(name ->
                        condition.hasMatch() ? match(name, condition.getMatch()) : range(name, condition.getRange()));
    }

    private static Optional<Query> match(String name, Match match) {
        return switch (match.getMatchValueCase()) {
            case KEYWORD -> terms(List.of(PayloadTerms.text(name, match.getKeyword())));
            case BOOLEAN -> terms(List.of(PayloadTerms.bool(name, match.getBoolean())));
            case INTEGER -> terms(List.of(PayloadTerms.integer(name, match.getInteger())));
            case KEYWORDS ->
                terms(match.getKeywords().getStringsList().stream()
                        .map(text -> PayloadTerms.text(name, text))
                        .toList());
            case INTEGERS ->
                terms(match.getIntegers().getIntegersList().stream()
                        .map(integer -> PayloadTerms.integer(name, integer))
                        .toList());
            default -> Optional.empty();
        };
    }

    private static Optional<Query> terms(Collection<BytesRef> terms) {
        return Optional.of(new TermInSetQuery(PointDocument.LEAF, terms));
    }

    private static Optional<Query> range(String name, Range range) {
        if ((range.hasGt() && range.hasGte()) || (range.hasLt() && range.hasLte())) {
            return Optional.empty();
        }
        double low = range.hasGt() ? range.getGt() : range.hasGte() ? range.getGte() : Double.NEGATIVE_INFINITY;
        double high = range.hasLt() ? range.getLt() : range.hasLte() ? range.getLte() : Double.POSITIVE_INFINITY;
        if (!(low <= high)) {
            // Bounds that cross, or are no numbers, enclose nothing; Lucene would read them otherwise.
            return Optional.of(MatchNoDocsQuery.INSTANCE);
        }
        return Optional.of(new TermRangeQuery(
                PointDocument.LEAF,
                PayloadTerms.number(name, low),
                PayloadTerms.number(name, high),
                !range.hasGt(),
                !range.hasLt()));
    }
}
