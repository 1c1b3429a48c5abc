package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures over metrics: of each tool and metric and, with a bucket, of each such length of time, the newest first. Every
 * measurement of the time that is asked for is read; so a question that names no tool, or has a bucket, looks back seven
 * days unless it says since when.
 */
record Aggregates(Database database, Moments moments) {
    /** The most buckets between since and until. */
    static final int MOST_BUCKETS = 11_000;

    static final String PATH = "/v1/performance/aggregates";

    private static final String BUCKET = "bucket";
    private static final Duration LOOK_BACK = Duration.ofDays(7);
    /** What makes a question one of few rows, whatever their time. */
    private static final List<String> NAMING = List.of("tool_id", "artifact_id", "run_id", "event_id");

    private static final String GROUPS = "tool_id, metric_name";
    /** Percentiles are values that were measured (nearest rank), not interpolated ones; the mean is exact. */
    private static final String FIGURES = GROUPS + """
            , count(*) AS count, trim_scale(avg(metric_value)) AS mean,
            min(metric_value) AS min, max(metric_value) AS max,
            percentile_disc(0.5) WITHIN GROUP (ORDER BY metric_value) AS p50,
            percentile_disc(0.95) WITHIN GROUP (ORDER BY metric_value) AS p95,
            percentile_disc(0.99) WITHIN GROUP (ORDER BY metric_value) AS p99""";

    /**
     * The answer.
     *
     * @param next the cursor of what comes behind; null at the end
     * @param since the first moment that it looks at; null if that is all the past
     */
    record Figures(
            List<ObjectNode> items,
            int count,
            int limit,
            @Nullable String next,
            @Nullable String since) {}

    Figures of(Parameters parameters) throws StoreUnavailableException {
        List<String> names = new ArrayList<>(Resources.PERFORMANCE.parameterNames());
        names.add(BUCKET);
        parameters.requireOnly(names);
        Page page = Page.of(parameters);
        Optional<FiguresPlace> place = page.after().map(cursor -> FiguresPlace.parse(PATH, parameters, cursor));
        Aggregates same = new Aggregates(database, moments.standingStill());
        Optional<OffsetDateTime> since =
                place.isPresent() ? Optional.ofNullable(place.get().since()) : same.since(parameters);
        // The one more tells whether there is a next page.
        List<ObjectNode> found =
                database.rows(same.query(parameters, since, place).limit(page.limit() + 1));
        List<ObjectNode> items = found.subList(0, Math.min(found.size(), page.limit()));
        String next = found.size() <= page.limit()
                ? null
                : FiguresPlace.of(items.getLast(), since.orElse(null)).cursor(PATH, parameters);
        String from =
                since.map(time -> EnvelopeHeaders.formatTime(time.toInstant())).orElse(null);
        return new Figures(items, items.size(), page.limit(), next, from);
    }

    /** The statement of a first page, still without how many groups are wanted. */
    SqlQuery query(Parameters parameters) {
        return query(parameters, since(parameters), Optional.empty());
    }

    private SqlQuery query(Parameters parameters, Optional<OffsetDateTime> since, Optional<FiguresPlace> place) {
        Parameters asked = since.map(time -> parameters.at("since", time)).orElse(parameters);
        List<Condition> conditions = new ArrayList<>(Resources.PERFORMANCE.conditions(asked, moments));
        Optional<Duration> bucket = bucket(parameters);
        place.ifPresent(there -> conditions.add(there.behind(bucket.orElse(null))));
        SqlQuery measured = SqlQuery.from(Resources.PERFORMANCE.view(), conditions);
        if (bucket.isEmpty()) {
            return measured.select(FIGURES).then("GROUP BY " + GROUPS + " ORDER BY " + GROUPS);
        }
        return measured.select(
                        "date_bin(make_interval(secs => ?), event_time, TIMESTAMPTZ 'epoch') AS bucket, " + FIGURES,
                        bucket.get().toSeconds())
                .then("GROUP BY bucket, " + GROUPS + " ORDER BY bucket DESC, " + GROUPS);
    }

    private Optional<OffsetDateTime> since(Parameters parameters) {
        OffsetDateTime end = parameters
                .one("until")
                .map(text -> moments.parse("until", text))
                .orElse(moments.now());
        Optional<Duration> longest = bucket(parameters).map(bucket -> bucket.multipliedBy(MOST_BUCKETS));
        Optional<OffsetDateTime> given = parameters.one("since").map(text -> moments.parse("since", text));
        if (given.isPresent()) {
            longest.ifPresent(length -> requireWithin(given.get(), end, length));
            return given;
        }
        if (longest.isEmpty() && NAMING.stream().anyMatch(parameters::has)) {
            return Optional.empty();
        }
        Duration back =
                longest.filter(length -> length.compareTo(LOOK_BACK) < 0).orElse(LOOK_BACK);
        return Optional.of(end.minus(back));
    }

    private static void requireWithin(OffsetDateTime since, OffsetDateTime end, Duration longest) {
        if (Duration.between(since, end).compareTo(longest) > 0) {
            throw RefusedException.badValue(
                    BUCKET, "must be longer, or the time shorter: there are at most " + MOST_BUCKETS + " buckets");
        }
    }

    private static Optional<Duration> bucket(Parameters parameters) {
        return parameters.one(BUCKET).map(text -> Moments.length(BUCKET, text));
    }
}
