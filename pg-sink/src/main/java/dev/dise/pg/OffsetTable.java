package dev.dise.pg;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where reading goes on, kept beside the rows. The place moves by compare-and-set in the transaction that writes the
 * rows, so of two workers that believe they own a partition only one can commit.
 */
public final class OffsetTable {
    private static final String READ = "SELECT topic, partition, next_offset FROM sink_offsets";
    private static final String BEGIN =
            "INSERT INTO sink_offsets (topic, partition, next_offset) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String MOVE =
            "UPDATE sink_offsets SET next_offset = ? WHERE topic = ? AND partition = ? AND next_offset = ?";

    private OffsetTable() {}

    public static Map<Partition, Long> read(Connection connection) throws SQLException {
        Map<Partition, Long> offsets = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                offsets.put(new Partition(result.getString(1), result.getInt(2)), result.getLong(3));
            }
        }
        return offsets;
    }

    /**
     * Moves the place of a partition past the span.
     *
     * @param known the place as this worker knows it; null if it has never been moved
     * @return whether the place was where this worker believed it to be
     */
    static boolean move(Connection connection, Partition partition, @Nullable Long known, Span span)
            throws SQLException {
        return known == null
                ? update(connection, BEGIN, partition.topic(), partition.number(), span.to())
                : update(connection, MOVE, span.to(), partition.topic(), partition.number(), known);
    }

    private static boolean update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate() == 1;
        }
    }
}
