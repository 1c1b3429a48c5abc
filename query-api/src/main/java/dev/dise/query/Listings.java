package dev.dise.query;

import dev.dise.query.paging.RowPlace;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the rows of a resource, the newest first. A page begins behind a row and not behind a number of rows, so what comes
 * in meanwhile moves nothing.
 */
public record Listings(Database database, Moments moments, OldestDays days) {

    /** Of these views. */
    public Listings(Database database, Moments moments) {
        this(database, moments, new OldestDays(database));
    }

    PageOfRows list(Resource resource, Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(resource.parameterNames());
        Reading reading = reading(resource, parameters);
        int limit = Page.of(parameters).limit();
        // The one more tells whether there is a next page.
        List<ObjectNode> found = found(reading.slices(), limit + 1);
        if (found.size() <= limit) {
            return new PageOfRows(found, limit, null);
        }
        List<ObjectNode> items = List.copyOf(found.subList(0, limit));
        RowPlace last = RowPlace.of(items.getLast(), reading.since());
        return new PageOfRows(items, limit, last.cursor(resource.path(), parameters));
    }

    /** What is to be asked, in that order, until a page is full. */
    List<Slice> slices(Resource resource, Parameters parameters) throws StoreUnavailableException {
        return reading(resource, parameters).slices();
    }

    /** The rows of all pages together: statements to be run one behind the other. */
    public List<SqlQuery> whole(Resource resource, Parameters parameters) throws StoreUnavailableException {
        return slices(resource, parameters).stream().map(Slice::all).toList();
    }

    /**
     * What is asked, and from when on.
     *
     * @param since null if all the past is
     */
    private record Reading(List<Slice> slices, @Nullable OffsetDateTime since) {}

    private Reading reading(Resource resource, Parameters parameters) throws StoreUnavailableException {
        Moments same = moments.standingStill();
        @Nullable
        RowPlace place = Page.of(parameters)
                .after()
                .map(cursor -> RowPlace.parse(resource.path(), parameters, cursor))
                .orElse(null);
        @Nullable OffsetDateTime since = place == null ? same.of("since", parameters) : place.since();
        List<Condition> conditions =
                resource.conditions(since == null ? parameters : parameters.at("since", since), same);
        if (!resource.byDay()) {
            return new Reading(List.of(new Slice(resource.view(), behind(resource, place, conditions))), since);
        }
        TimeSlice asked = new TimeSlice(since, until(place, same.of("until", parameters)));
        List<TimeSlice> times = times(resource, asked, conditions, same.now());
        List<Slice> slices = new ArrayList<>();
        for (TimeSlice time : times) {
            // Only the first slice can have rows of the same moment as the place.
            List<Condition> some = slices.isEmpty() ? behind(resource, place, conditions) : conditions;
            slices.add(new Slice(
                    resource.view(),
                    Stream.concat(some.stream(), Stream.of(time.condition())).toList()));
        }
        return new Reading(slices, since);
    }

    /** Where there are few days, what an index finds in the order of time needs no parts, and a search only today apart. */
    private List<TimeSlice> times(Resource resource, TimeSlice asked, List<Condition> conditions, OffsetDateTime now)
            throws StoreUnavailableException {
        OffsetDateTime oldest = days.of(resource.view(), now);
        if (asked.isShort(now, oldest)) {
            if (conditions.stream().allMatch(Condition::keepsOrder)) {
                return List.of(asked);
            }
            if (conditions.stream().anyMatch(Condition::searched)) {
                return TimeSlice.of(asked.from(), asked.to(), now, now.minusDays(1));
            }
        }
        return TimeSlice.of(asked.from(), asked.to(), now, oldest);
    }

    private static List<Condition> behind(Resource resource, @Nullable RowPlace place, List<Condition> conditions) {
        return place == null
                ? conditions
                : Stream.concat(conditions.stream(), Stream.of(resource.behind(place)))
                        .toList();
    }

    private static @Nullable OffsetDateTime until(@Nullable RowPlace place, @Nullable OffsetDateTime asked) {
        if (place == null) {
            return asked;
        }
        OffsetDateTime past = place.time().plusNanos(1_000);
        return asked == null || asked.isAfter(past) ? past : asked;
    }

    private List<ObjectNode> found(List<Slice> slices, int most) throws StoreUnavailableException {
        Instant end = moments.now().toInstant().plus(Database.STATEMENT_TIMEOUT);
        AnswerSize size = new AnswerSize();
        List<ObjectNode> items = new ArrayList<>();
        for (Slice slice : slices) {
            items.addAll(rows(slice, most - items.size(), size));
            if (items.size() == most) {
                break;
            }
            requireBefore(end);
        }
        return items;
    }

    private List<ObjectNode> rows(Slice slice, int limit, AnswerSize size) throws StoreUnavailableException {
        List<ObjectNode> found = database.rows(slice.newest(limit), size);
        if (slice.isSearched() && found.size() < limit) {
            size.forget();
            found = database.rowsAt(slice.places(limit), slice::at, size);
        }
        size.keep();
        return found;
    }

    /** Each statement has its time-out; this one is for all of a listing. */
    private void requireBefore(Instant end) throws StoreUnavailableException {
        if (moments.now().toInstant().isAfter(end)) {
            throw new StoreUnavailableException(DatabaseErrors.TOO_SLOW, new TimeoutException("all slices together"));
        }
    }
}
