package dev.dise.rag;

import static io.qdrant.client.ConditionFactory.datetimeRange;
import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.isEmpty;

import com.google.protobuf.Timestamp;
import dev.dise.schemas.EnvelopeHeaders;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How a point says its version, and what an update may replace: a point of an older event time, of the same, or of none. Also
 * the end of a point is a version; so it stays, without vectors and content, where no search finds it.
 */
final class PointVersions {
    private static final String TIME = "event_time";
    private static final String DELETED = "deleted";

    private PointVersions() {}

    /**
     * What may be replaced, of the points that are there; the others are written in any case.
     *
     * @param times of the versions that are to be written
     */
    static Filter replaceable(Map<UUID, Instant> times) {
        Filter.Builder replaceable = Filter.newBuilder().addShould(isEmpty(TIME));
        // The chunks of an artifact have one time: a condition for each time is far less to look at than one for each
        // point.
        Map<Instant, List<PointId>> points = new HashMap<>();
        times.forEach((id, time) ->
                points.computeIfAbsent(time, t -> new ArrayList<>()).add(PointIdFactory.id(id)));
        points.forEach((time, ids) -> {
            if (!time.equals(EventTime.NONE)) {
                replaceable.addShould(upTo(ids, time));
            }
        });
        return replaceable.build();
    }

    /** The points among these that are no newer than a time, or have none. */
    static Filter upTo(Collection<UUID> ids, Instant time) {
        return Filter.newBuilder()
                .addMust(hasId(ids.stream().map(PointIdFactory::id).toList()))
                .addMust(filter(upTo(time)))
                .build();
    }

    /** The points that are no newer than a time, or have none. */
    static Filter upTo(Instant time) {
        return Filter.newBuilder()
                .addShould(isEmpty(TIME))
                .addShould(datetimeRange(TIME, range(time)))
                .build();
    }

    /** The end of a point. */
    static PointStruct end(UUID id, Instant time) {
        Map<String, Value> payload = new HashMap<>();
        payload.put(DELETED, Value.newBuilder().setBoolValue(true).build());
        if (!time.equals(EventTime.NONE)) {
            payload.put(
                    TIME,
                    Value.newBuilder()
                            .setStringValue(EnvelopeHeaders.formatTime(time))
                            .build());
        }
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(PointVectors.none())
                .putAllPayload(payload)
                .build();
    }

    private static Condition upTo(List<PointId> ids, Instant time) {
        return filter(Filter.newBuilder()
                .addMust(hasId(ids))
                .addMust(datetimeRange(TIME, range(time)))
                .build());
    }

    private static DatetimeRange range(Instant time) {
        return DatetimeRange.newBuilder()
                .setLte(Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()))
                .build();
    }
}
