package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.pg.generations.Registered.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table that says which generations there are. Its columns have the last word: services and commands act by it. */
public final class Registry {
    private static final String EXISTS = "SELECT to_regclass('dise.generations') IS NOT NULL";
    private static final String ALL = "SELECT number, state, phase, started_at, switched_from FROM dise.generations"
            + " WHERE state <> 'dropped' ORDER BY number";
    /** What the views show is live, where nothing is yet: so a database from before this table goes on. */
    private static final String ADOPT = "INSERT INTO dise.generations (number, state)"
            + " SELECT substring(definition from ' dise_g([0-9]+)\\.tool_logs')::INTEGER, 'live' FROM pg_catalog.pg_views"
            + " WHERE schemaname = 'dise' AND viewname = 'tool_logs'"
            + " AND NOT EXISTS (SELECT FROM dise.generations WHERE state = 'live') ON CONFLICT DO NOTHING";
    /** Above all numbers that there were, also of schemas that somebody made without this table. */
    private static final String BEGIN = "INSERT INTO dise.generations (number, state, phase)"
            + " SELECT 1 + greatest((SELECT coalesce(max(number), 0) FROM dise.generations),"
            + " (SELECT coalesce(max(substring(nspname from '^dise_g([0-9]{1,6})$')::INTEGER), 0)"
            + " FROM pg_catalog.pg_namespace)), 'building', ? RETURNING number";

    private static final String PHASE = "UPDATE dise.generations SET phase = ? WHERE number = ?";
    private static final String STATE =
            "UPDATE dise.generations SET state = ?, phase = ? WHERE number = ? AND state <> 'dropped'";
    private static final String SWITCHED_FROM = "UPDATE dise.generations SET switched_from = ? WHERE number = ?";

    private Registry() {}

    /** Whether a version that knows of generations has migrated this database. */
    public static boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTS);
                ResultSet result = statement.executeQuery()) {
            return result.next() && result.getBoolean(1);
        }
    }

    /** Makes live what the views show, if nothing is live yet. */
    public static void adopt(Connection connection) throws SQLException {
        update(connection, ADOPT);
    }

    /** All that are not dropped, by number. */
    public static List<Registered> all(Connection connection) throws SQLException {
        List<Registered> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.add(read(row));
            }
        }
        return all;
    }

    /** Those that the sink keeps up to date. */
    public static List<Generation> followed(Connection connection) throws SQLException {
        return all(connection).stream()
                .filter(one -> one.standing().isFollowed())
                .map(Registered::generation)
                .toList();
    }

    /** What readers see. */
    public static Optional<Registered> live(Connection connection) throws SQLException {
        return all(connection).stream()
                .filter(one -> one.standing() == Standing.LIVE)
                .findFirst();
    }

    /** Takes the next number for a generation that is to be built. */
    static Generation begin(Connection connection, String phase) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setString(1, phase);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return new Generation(result.getInt(1));
            }
        }
    }

    static void phase(Connection connection, Generation generation, String phase) throws SQLException {
        update(connection, PHASE, phase, generation.number());
    }

    static void become(Connection connection, Generation generation, Standing standing, String phase)
            throws SQLException {
        update(connection, STATE, standing.name().toLowerCase(Locale.ROOT), phase, generation.number());
    }

    /** Its schema is gone; the number stays taken. */
    static void dropped(Connection connection, Generation generation) throws SQLException {
        update(connection, STATE, "dropped", "", generation.number());
    }

    static void switchedFrom(Connection connection, Generation generation, @Nullable Integer before)
            throws SQLException {
        update(connection, SWITCHED_FROM, before, generation.number());
    }

    private static Registered read(ResultSet row) throws SQLException {
        return new Registered(
                new Generation(row.getInt("number")),
                Standing.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("phase"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("switched_from", Integer.class));
    }

    private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
