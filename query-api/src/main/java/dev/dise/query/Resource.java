package dev.dise.query;

import dev.dise.query.paging.RowPlace;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be listed: a view and the filters that it allows. The only source of names in SQL, so that no name of a
 * request gets there.
 *
 * @param path where it is, as in {@code /v1/logs}
 * @param view the readers' view
 * @param byDay whether its table has a partition for each day
 * @param filters its own and those that every resource has
 */
public record Resource(String path, String view, boolean byDay, List<Filter> filters) {
    /** Newest first; the ids of the event and of the row settle ties. */
    static final String ORDER = "event_time DESC, event_id, id";

    private static final List<Filter> OF_ALL = List.of(
            Filter.text("run_id"),
            Filter.of("event_id", Filter.Kind.EVENT_ID),
            new Filter("since", Filter.Kind.SINCE, List.of("event_time")),
            new Filter("until", Filter.Kind.UNTIL, List.of("event_time")));

    public Resource {
        filters = List.copyOf(filters);
    }

    /** One whose table has no days. */
    public static Resource of(String path, String view, Filter... filters) {
        return new Resource(path, view, false, withThoseOfAll(filters));
    }

    static Resource byDay(String path, String view, Filter... filters) {
        return new Resource(path, view, true, withThoseOfAll(filters));
    }

    /** Of the filters that were given. */
    public List<Condition> conditions(Parameters parameters, Moments moments) {
        return filters.stream()
                .flatMap(filter -> Condition.of(filter, parameters, moments).stream())
                .toList();
    }

    /** What comes behind a row in that order. The first comparison is there for the index of the times. */
    Condition behind(RowPlace place) {
        String tie = "(event_time < ? OR (event_id, id) > (?, ?))";
        OffsetDateTime time = place.time();
        return byDay
                ? new Condition(tie, List.of(time, place.eventId(), place.id()))
                : new Condition("event_time <= ? AND " + tie, List.of(time, time, place.eventId(), place.id()));
    }

    /** The names of its filters. */
    public List<String> filterNames() {
        return filters.stream().map(Filter::name).toList();
    }

    /** Every name that an address of this resource may have. */
    public List<String> parameterNames() {
        List<String> names = new ArrayList<>(filterNames());
        names.addAll(Page.NAMES);
        return names;
    }

    private static List<Filter> withThoseOfAll(Filter... filters) {
        return Stream.concat(Stream.of(filters), OF_ALL.stream()).toList();
    }
}
