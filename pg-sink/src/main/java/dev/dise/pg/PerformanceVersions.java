package dev.dise.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keeps the metric rows of performance artifacts at the artifact's newest version. */
final class PerformanceVersions {
    private static final String DELETE = "DELETE FROM tool_performance WHERE artifact_id = ANY (?::text[])";

    private final Connection connection;
    private final boolean indexed;

    /**
     * @param indexed whether the metrics have their indexes, by which one that is there already is found
     */
    PerformanceVersions(Connection connection, boolean indexed) {
        this.connection = connection;
        this.indexed = indexed;
    }

    /**
     * Replaces the metrics of artifacts that have a newer version now.
     *
     * @param newest ids of the events among the rows that became the newest version
     */
    void replace(List<Row> rows, Set<UUID> newest, TableWriter tables) throws SQLException {
        List<Row> changed =
                rows.stream().filter(row -> newest.contains(row.eventId())).toList();
        String[] artifacts =
                changed.stream().map(row -> row.envelope().subject()).toArray(String[]::new);
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setArray(1, connection.createArrayOf("text", artifacts));
            statement.executeUpdate();
        }
        List<Row> metrics = changed.stream()
                .filter(row -> !row.isDeletion())
                .flatMap(row -> Row.metricsOf(row.delivery()).stream())
                .toList();
        if (!metrics.isEmpty()) {
            if (indexed) {
                tables.write(Tables.PERFORMANCE, metrics);
            } else {
                tables.add(Tables.PERFORMANCE, metrics);
            }
        }
    }
}
