package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.ValuesCount;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Conditions on one field of the payload. A field with many values fulfils a condition if one of them does. */
final class FieldPredicate {

    private FieldPredicate() {}

    static PointPredicate compile(FieldCondition condition) {
        refuseGeo(condition);
        List<PointPredicate> parts = new ArrayList<>();
        PayloadPath path = PayloadPath.parse(condition.getKey());
        if (condition.hasMatch()) {
            parts.add(anyElement(path, MatchPredicate.compile(condition.getMatch())));
        }
        if (condition.hasRange()) {
            parts.add(anyElement(path, RangePredicate.compile(condition.getRange())));
        }
        if (condition.hasDatetimeRange()) {
            parts.add(anyElement(path, RangePredicate.compile(condition.getDatetimeRange())));
        }
        if (condition.hasValuesCount()) {
            parts.add(valuesCount(path, condition.getValuesCount()));
        }
        if (condition.hasIsEmpty()) {
            PointPredicate isEmpty = isEmpty(condition.getKey());
            parts.add(condition.getIsEmpty() ? isEmpty : isEmpty.negate());
        }
        if (condition.hasIsNull()) {
            PointPredicate isNull = isNull(condition.getKey());
            parts.add(condition.getIsNull() ? isNull : isNull.negate());
        }
        if (parts.isEmpty()) {
            throw QdrantError.wrongInput("the condition on the field " + condition.getKey() + " is empty");
        }
        return PointPredicate.atLeast(1, parts);
    }

    /** True where the field is absent, null or an empty array. */
    static PointPredicate isEmpty(String key) {
        PayloadPath path = PayloadPath.parse(key);
        return (id, payload) -> path.values(payload).stream()
                .allMatch(value -> isNull(value)
                        || (value.hasListValue() && value.getListValue().getValuesCount() == 0));
    }

    /** True where the field is there and is null, or is an array with a null in it. */
    static PointPredicate isNull(String key) {
        PayloadPath path = PayloadPath.parse(key);
        return anyElement(path, FieldPredicate::isNull);
    }

    private static boolean isNull(Value value) {
        return value.hasNullValue() || value.getKindCase() == Value.KindCase.KIND_NOT_SET;
    }

    private static PointPredicate anyElement(PayloadPath path, Predicate<Value> test) {
        return (id, payload) -> path.elements(payload).stream().anyMatch(test);
    }

    /** As in Qdrant a field that is absent has no count, not even zero. */
    private static PointPredicate valuesCount(PayloadPath path, ValuesCount count) {
        return (id, payload) -> path.values(payload).stream().anyMatch(value -> isCount(count, size(value)));
    }

    private static int size(Value value) {
        if (value.hasListValue()) {
            return value.getListValue().getValuesCount();
        }
        return isNull(value) ? 0 : 1;
    }

    private static boolean isCount(ValuesCount count, long size) {
        return (!count.hasLt() || size < count.getLt())
                && (!count.hasLte() || size <= count.getLte())
                && (!count.hasGt() || size > count.getGt())
                && (!count.hasGte() || size >= count.getGte());
    }

    private static void refuseGeo(FieldCondition condition) {
        if (condition.hasGeoBoundingBox() || condition.hasGeoRadius() || condition.hasGeoPolygon()) {
            throw QdrantError.missing("geo conditions");
        }
    }
}
