package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How far generations have read their topic, as they keep it beside their rows. */
final class Places {
    private Places() {}

    static Map<Partition, Long> of(Connection connection, Generation generation) throws SQLException {
        return read(connection, "SELECT topic, partition, next_offset FROM " + table(generation));
    }

    /** The same, and nobody moves them until the transaction ends. */
    static Map<Partition, Long> hold(Connection connection, Generation generation) throws SQLException {
        return read(
                connection,
                "SELECT topic, partition, next_offset FROM " + table(generation)
                        + " ORDER BY topic, partition FOR UPDATE");
    }

    /** Moves the places of a generation that only this process writes. */
    static void move(Connection connection, Generation generation, Map<Partition, Span> spans) throws SQLException {
        String sql = "INSERT INTO " + table(generation) + " (topic, partition, next_offset) VALUES (?, ?, ?)"
                + " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Partition, Span> span : new TreeMap<>(spans).entrySet()) {
                statement.setString(1, span.getKey().topic());
                statement.setInt(2, span.getKey().number());
                statement.setLong(3, span.getValue().to());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** How many records one is behind another. */
    static long behind(Map<Partition, Long> places, Map<Partition, Long> others) {
        return others.entrySet().stream()
                .mapToLong(other -> Math.max(0, other.getValue() - places.getOrDefault(other.getKey(), 0L)))
                .sum();
    }

    static long sum(Map<Partition, Long> places) {
        return places.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<Partition, Long> read(Connection connection, String sql) throws SQLException {
        Map<Partition, Long> places = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                places.put(new Partition(row.getString(1), row.getInt(2)), row.getLong(3));
            }
        }
        return places;
    }

    private static String table(Generation generation) {
        return generation.schema() + ".sink_offsets";
    }
}
