package dev.dise.pg.archive;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** The partitions of days that there are. */
final class Leaves {
    private static final String DAYS = "SELECT day FROM partition_days WHERE table_name = ? ORDER BY day";
    private static final String ADD = "SELECT add_partition(?, ?)";

    private Leaves() {}

    /** Oldest first. */
    static List<Leaf> of(Session session, DailyTable table) throws SQLException {
        return session.list(DAYS, row -> new Leaf(table, row.getObject(1, LocalDate.class)), table.tableName());
    }

    /** Makes a partition; rows of its day that lie in the rest move into it. Returns false if it is there already. */
    static boolean add(Session session, Leaf leaf) throws SQLException {
        return session.one(ADD, row -> row.getBoolean(1), leaf.table().tableName(), leaf.day());
    }
}
