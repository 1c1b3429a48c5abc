package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;

/** The questions that one filtered view answers: its rows, and figures over metrics. */
record RowQueries(Database database, Moments moments) {
    /**
     * Percentiles are values that were measured (nearest rank), not interpolated ones; the mean is exact.
     */
    private static final String FIGURES = """
            SELECT tool_id, metric_name, count(*) AS count, trim_scale(avg(metric_value)) AS mean,
                   min(metric_value) AS min, max(metric_value) AS max,
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY metric_value) AS p50,
                   percentile_disc(0.95) WITHIN GROUP (ORDER BY metric_value) AS p95,
                   percentile_disc(0.99) WITHIN GROUP (ORDER BY metric_value) AS p99""";

    PageOfRows list(Resource resource, Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(resource.parameterNames());
        Page page = Page.of(parameters);
        SqlQuery query = SqlQuery.filtered("SELECT *", resource, parameters, moments)
                .then("ORDER BY " + Resource.ORDER)
                .page(page);
        return PageOfRows.of(database.rows(query), page);
    }

    PageOfRows aggregates(Parameters parameters) throws StoreUnavailableException {
        Resource performance = Resources.PERFORMANCE;
        parameters.requireOnly(performance.parameterNames());
        Page page = Page.of(parameters);
        SqlQuery query = SqlQuery.filtered(FIGURES, performance, parameters, moments)
                .then("GROUP BY tool_id, metric_name ORDER BY tool_id, metric_name")
                .page(page);
        return PageOfRows.of(database.rows(query), page);
    }
}
