package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;

/** What a filter, or a condition of it, says about a point. */
@FunctionalInterface
interface PointPredicate {

    boolean test(PointId id, Map<String, Value> payload);

    default PointPredicate negate() {
        return (id, payload) -> !test(id, payload);
    }

    static PointPredicate all(List<PointPredicate> parts) {
        return (id, payload) -> parts.stream().allMatch(part -> part.test(id, payload));
    }

    static PointPredicate atLeast(long count, List<PointPredicate> parts) {
        return (id, payload) -> parts.stream()
                        .filter(part -> part.test(id, payload))
                        .limit(count)
                        .count()
                >= count;
    }
}
