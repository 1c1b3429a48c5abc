package dev.dise.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the partitions that rows are about to go to. Only days of the last year and the next week have one of their own:
 * nobody can fill the catalogue by emitting events of all days there ever were. Used by one thread.
 */
public final class Partitions {
    private static final int DAYS_BACK = 366;
    private static final int DAYS_AHEAD = 7;
    private static final String DAYS = "SELECT table_name, day FROM partition_days";
    private static final String ADD = "SELECT add_partition(?, ?)";

    private final Clock clock;
    private final Set<Day> known = new HashSet<>();

    /** One partition: which table's, and days since 1970. */
    private record Day(Table table, long number) {}

    public Partitions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes what is missing, each in a transaction of its own.
     *
     * @param connection in auto-commit
     */
    public void ensureFor(List<Row> rows, Connection connection) throws SQLException {
        Set<Day> missing = missing(rows);
        if (missing.isEmpty()) {
            return;
        }
        read(connection);
        missing.removeAll(known);
        for (Day day : missing) {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                statement.setString(1, day.table().name());
                statement.setObject(2, LocalDate.ofEpochDay(day.number()));
                statement.execute();
            }
            known.add(day);
        }
    }

    private Set<Day> missing(List<Row> rows) {
        long today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
        Set<Day> missing = new HashSet<>();
        Day last = null;
        for (Row row : rows) {
            Table table = row.table() == Tables.PERFORMANCE_ARTIFACTS ? Tables.PERFORMANCE : row.table();
            long number = row.day();
            if (!table.isPartitioned() || new Day(table, number).equals(last)) {
                continue;
            }
            last = new Day(table, number);
            if (number >= today - DAYS_BACK && number <= today + DAYS_AHEAD && !known.contains(last)) {
                missing.add(last);
            }
        }
        return missing;
    }

    private void read(Connection connection) throws SQLException {
        known.clear();
        try (PreparedStatement statement = connection.prepareStatement(DAYS);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                String name = result.getString(1);
                long number = result.getObject(2, LocalDate.class).toEpochDay();
                Tables.ALL.stream()
                        .filter(table -> table.name().equals(name))
                        .forEach(table -> known.add(new Day(table, number)));
            }
        }
    }
}
