package dev.dise.query;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the time that a listing looks at. Tables have a partition for each day, and PostgreSQL plans and locks all
 * partitions of a question; most listings are full after the newest days and need not touch the others, and one that goes
 * through all of them holds few at a time. Today is apart: its partitions have fewer indexes than others, and PostgreSQL
 * does not use those of the others as long as it wants all partitions in one order.
 *
 * @param from the first moment, null for all the past
 * @param to the moment behind the last one, null for all the future
 */
record TimeSlice(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
    private static final Duration SHORT = Duration.ofDays(16);

    /** The days of the slices, each behind the one before; what is older than them all is the last slice. */
    private static final int[] DAYS = {0, 1, 8, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32};

    /**
     * Slices of whole days, the newest first; every moment that is asked for is in exactly one.
     *
     * @param since the first moment, null if all the past is asked for
     * @param until the moment behind the last one, null if all the future is asked for
     * @param oldest when the oldest day begins that has a partition; what is older is one slice
     */
    static List<TimeSlice> of(
            @Nullable OffsetDateTime since, @Nullable OffsetDateTime until, OffsetDateTime now, OffsetDateTime oldest) {
        List<TimeSlice> slices = new ArrayList<>();
        @Nullable OffsetDateTime to = until;
        OffsetDateTime begin = midnight(until == null || until.isAfter(now) ? now : until.minusNanos(1));
        for (int days : DAYS) {
            begin = begin.minusDays(days);
            if (!begin.isAfter(oldest) || (since != null && !begin.isAfter(since))) {
                break;
            }
            slices.add(new TimeSlice(begin, to));
            to = begin;
        }
        slices.add(new TimeSlice(since, to));
        return slices;
    }

    /** Whether the days that have a partition are so few that one statement for all of them is planned in no time. */
    boolean isShort(OffsetDateTime now, OffsetDateTime oldest) {
        OffsetDateTime begin = from == null || from.isBefore(oldest) ? oldest : from;
        OffsetDateTime end = to == null || to.isAfter(now) ? now : to;
        return Duration.between(begin, end).compareTo(SHORT) <= 0;
    }

    Condition condition() {
        List<String> bounds = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (from != null) {
            bounds.add("event_time >= ?");
            values.add(from);
        }
        if (to != null) {
            bounds.add("event_time < ?");
            values.add(to);
        }
        return new Condition(bounds.isEmpty() ? "TRUE" : String.join(" AND ", bounds), values);
    }

    private static OffsetDateTime midnight(OffsetDateTime moment) {
        return moment.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
    }
}
