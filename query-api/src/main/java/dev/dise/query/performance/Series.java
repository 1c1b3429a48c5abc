package dev.dise.query.performance;

import dev.dise.query.Condition;
import dev.dise.query.Database;
import dev.dise.query.Moments;
import dev.dise.query.Parameters;
import dev.dise.query.RefusedException;
import dev.dise.query.Resource;
import dev.dise.query.Resources;
import dev.dise.query.SqlQuery;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A metric over time, the oldest first: one item for each length of time in which anything was measured. Over all tools that
 * the filters leave.
 */
public record Series(Database database, Moments moments) {
    /** Where it is. */
    public static final String PATH = "/v1/performance/series";

    private static final Resource MEASURED = Resources.PERFORMANCE;
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    private static final String FIGURES = """
            date_bin(make_interval(secs => ?), event_time, TIMESTAMPTZ 'epoch') AS bucket,
            count(*) AS count, trim_scale(avg(metric_value)) AS mean,
            min(metric_value) AS min, max(metric_value) AS max,
            percentile_disc(0.5) WITHIN GROUP (ORDER BY metric_value) AS p50,
            percentile_disc(0.95) WITHIN GROUP (ORDER BY metric_value) AS p95""";

    /**
     * The answer.
     *
     * @param count how many buckets have anything
     * @param bucket their length
     * @param until the moment behind the last that counts
     */
    record Points(List<ObjectNode> items, int count, String bucket, String since, String until) {}

    /** A question, understood. */
    private record Asked(SqlQuery query, Bucket bucket, OffsetDateTime since, OffsetDateTime until) {}

    /** Answers it. */
    public Object of(Parameters parameters) throws StoreUnavailableException {
        Asked asked = asked(parameters);
        List<ObjectNode> items = database.rows(asked.query());
        return new Points(items, items.size(), asked.bucket().word(), text(asked.since()), text(asked.until()));
    }

    /** The statement of a question. */
    public SqlQuery query(Parameters parameters) {
        return asked(parameters).query();
    }

    private Asked asked(Parameters parameters) {
        List<String> names = new ArrayList<>(MEASURED.filterNames());
        names.add("bucket");
        parameters.requireOnly(names);
        if (parameters.all("metric_name").size() != 1) {
            throw RefusedException.badValue("metric_name", "must name one metric: values of two have no common scale");
        }
        Moments same = moments.standingStill();
        OffsetDateTime until =
                parameters.one("until").map(text -> same.parse("until", text)).orElse(same.now());
        OffsetDateTime since =
                parameters.one("since").map(text -> same.parse("since", text)).orElse(until.minus(LOOK_BACK));
        if (!since.isBefore(until)) {
            throw RefusedException.badValue("since", "must be before until");
        }
        Bucket bucket = Bucket.of(parameters.one("bucket").orElse(Bucket.AUTO), since, until);
        List<Condition> conditions =
                MEASURED.conditions(parameters.at("since", since).at("until", until), same);
        SqlQuery query = SqlQuery.from(MEASURED.view(), conditions)
                .select(FIGURES, bucket.seconds())
                .then("GROUP BY bucket ORDER BY bucket");
        return new Asked(query, bucket, since, until);
    }

    private static String text(OffsetDateTime time) {
        return EnvelopeHeaders.formatTime(time.toInstant());
    }
}
