package dev.dise.embedded.qdrant;

import com.google.protobuf.Timestamp;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.Direction;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.OrderValue;
import io.qdrant.client.grpc.Points.StartFrom;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.Query;

/**
 * An order of points by a field of their payload. A point comes once for each of its values, and not at all without one. It
 * looks at each point that passes the filter.
 */
final class FieldOrder {

    private final PayloadPath path;
    private final PayloadSchemaType type;
    private final boolean isDescending;
    private final Optional<OrderValue> start;

    private FieldOrder(OrderBy order, PayloadSchemaType type) {
        this.path = PayloadPath.parse(order.getKey());
        this.type = type;
        this.isDescending = order.getDirection() == Direction.Desc;
        this.start = order.hasStartFrom() ? Optional.of(value(order.getStartFrom())) : Optional.empty();
    }

    static FieldOrder of(OrderBy order, FieldIndexes indexes) {
        return new FieldOrder(order, indexes.ordered(order.getKey()));
    }

    List<Hit> first(PointSnapshot points, Query filter, int limit) throws IOException {
        List<Hit> hits = new ArrayList<>();
        for (int document : points.findAll(filter)) {
            for (Value value : path.elements(points.reader().payload(document))) {
                value(value).filter(this::isAfterStart).ifPresent(order -> hits.add(Hit.ordered(document, order)));
            }
        }
        // Points come in the order of their ids, and the sort leaves equals as they are.
        Comparator<Hit> byValue = Comparator.comparing(FieldOrder::order, FieldOrder::compare);
        hits.sort(isDescending ? byValue.reversed() : byValue);
        return hits.stream().limit(limit).toList();
    }

    private boolean isAfterStart(OrderValue value) {
        return start.isEmpty() || (isDescending ? compare(value, start.get()) <= 0 : compare(value, start.get()) >= 0);
    }

    private Optional<OrderValue> value(Value value) {
        return switch (type) {
            case Integer -> value.hasIntegerValue() ? Optional.of(integer(value.getIntegerValue())) : Optional.empty();
            case Float -> number(value);
            default -> RangePredicate.instant(value.getStringValue()).map(FieldOrder::time);
        };
    }

    private static Optional<OrderValue> number(Value value) {
        if (value.hasIntegerValue()) {
            return Optional.of(real((double) value.getIntegerValue()));
        }
        return value.hasDoubleValue() ? Optional.of(real(value.getDoubleValue())) : Optional.empty();
    }

    private static OrderValue value(StartFrom start) {
        return switch (start.getValueCase()) {
            case INTEGER -> integer(start.getInteger());
            case FLOAT -> real(start.getFloat());
            case TIMESTAMP -> time(instant(start.getTimestamp()));
            case DATETIME ->
                RangePredicate.instant(start.getDatetime())
                        .map(FieldOrder::time)
                        .orElseThrow(() -> QdrantError.badArgument("Unable to parse datetime: " + start.getDatetime()));
            case VALUE_NOT_SET -> throw QdrantError.badArgument("start_from is empty");
        };
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    /** Qdrant answers times as microseconds. */
    private static OrderValue time(Instant instant) {
        return integer(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    private static OrderValue integer(long value) {
        return OrderValue.newBuilder().setInt(value).build();
    }

    private static OrderValue real(double value) {
        return OrderValue.newBuilder().setFloat(value).build();
    }

    private static OrderValue order(Hit hit) {
        OrderValue order = hit.order();
        return order == null ? OrderValue.getDefaultInstance() : order;
    }

    private static int compare(OrderValue a, OrderValue b) {
        return a.hasInt() && b.hasInt() ? Long.compare(a.getInt(), b.getInt()) : Double.compare(number(a), number(b));
    }

    private static double number(OrderValue value) {
        return value.hasInt() ? (double) value.getInt() : value.getFloat();
    }
}
