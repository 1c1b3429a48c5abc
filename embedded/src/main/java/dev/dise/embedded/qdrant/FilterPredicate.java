package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.NestedCondition;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a filter means, told on the payload itself. The index answers the common conditions faster and must agree with it.
 * Compiling refuses what is not supported, so that no request depends on whether a point happens to be looked at.
 */
final class FilterPredicate {

    private FilterPredicate() {}

    static PointPredicate compile(Filter filter) {
        List<PointPredicate> parts = new ArrayList<>(compileAll(filter.getMustList()));
        compileAll(filter.getMustNotList()).forEach(part -> parts.add(part.negate()));
        if (filter.getShouldCount() > 0) {
            parts.add(PointPredicate.atLeast(1, compileAll(filter.getShouldList())));
        }
        if (filter.hasMinShould()) {
            parts.add(PointPredicate.atLeast(
                    filter.getMinShould().getMinCount(),
                    compileAll(filter.getMinShould().getConditionsList())));
        }
        return PointPredicate.all(parts);
    }

    static PointPredicate compile(Condition condition) {
        return switch (condition.getConditionOneOfCase()) {
            case FIELD -> FieldPredicate.compile(condition.getField());
            case FILTER -> compile(condition.getFilter());
            case HAS_ID -> hasId(condition.getHasId().getHasIdList());
            case IS_EMPTY -> FieldPredicate.isEmpty(condition.getIsEmpty().getKey());
            case IS_NULL -> FieldPredicate.isNull(condition.getIsNull().getKey());
            case NESTED -> nested(condition.getNested());
            case HAS_VECTOR -> throw QdrantError.missing("has_vector inside of nested");
            case CONDITIONONEOF_NOT_SET -> throw QdrantError.wrongInput("a condition of the filter is empty");
        };
    }

    private static List<PointPredicate> compileAll(List<Condition> conditions) {
        return conditions.stream().map(FilterPredicate::compile).toList();
    }

    private static PointPredicate hasId(List<PointId> ids) {
        Set<PointId> wanted = ids.stream().map(PointKey::canonical).collect(Collectors.toUnmodifiableSet());
        return (id, payload) -> wanted.contains(id);
    }

    /** True where one object of an array fulfils the whole filter by itself. */
    private static PointPredicate nested(NestedCondition condition) {
        PayloadPath path = PayloadPath.parse(condition.getKey());
        PointPredicate inner = compile(condition.getFilter());
        return (id, payload) -> path.elements(payload).stream()
                .filter(Value::hasStructValue)
                .anyMatch(element -> inner.test(id, element.getStructValue().getFieldsMap()));
    }
}
