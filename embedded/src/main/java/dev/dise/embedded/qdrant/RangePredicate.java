package dev.dise.embedded.qdrant;

import com.google.protobuf.Timestamp;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Predicate;

/** Ranges of numbers and of points in time. */
final class RangePredicate {

    /** A date, then perhaps a time after a T or a space, then perhaps an offset; without one it is UTC. */
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter();

    private RangePredicate() {}

    static Predicate<Value> compile(Range range) {
        return value -> {
            if (!value.hasDoubleValue() && !value.hasIntegerValue()) {
                return false;
            }
            double number = value.hasDoubleValue() ? value.getDoubleValue() : value.getIntegerValue();
            return (!range.hasLt() || number < range.getLt())
                    && (!range.hasLte() || number <= range.getLte())
                    && (!range.hasGt() || number > range.getGt())
                    && (!range.hasGte() || number >= range.getGte());
        };
    }

    static Predicate<Value> compile(DatetimeRange range) {
        return value -> value.hasStringValue()
                && instant(value.getStringValue())
                        .filter(instant -> contains(range, instant))
                        .isPresent();
    }

    private static boolean contains(DatetimeRange range, Instant time) {
        return (!range.hasLt() || time.isBefore(instant(range.getLt())))
                && (!range.hasLte() || !time.isAfter(instant(range.getLte())))
                && (!range.hasGt() || time.isAfter(instant(range.getGt())))
                && (!range.hasGte() || !time.isBefore(instant(range.getGte())));
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    /** The time that a text tells; empty if it tells none. */
    static Optional<Instant> instant(String text) {
        try {
            TemporalAccessor time =
                    DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return Optional.of(
                    switch (time) {
                        case OffsetDateTime dateTime -> dateTime.toInstant();
                        case LocalDateTime dateTime -> dateTime.toInstant(ZoneOffset.UTC);
                        default ->
                            LocalDate.from(time).atStartOfDay(ZoneOffset.UTC).toInstant();
                    });
        } catch (DateTimeException e) {
            // Not a time, so in no range of times.
            return Optional.empty();
        }
    }
}
