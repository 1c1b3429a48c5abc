package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.pg.Row;
import dev.dise.pg.Table;
import dev.dise.pg.archive.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same event that came more than once, in tables that were filled without indexes. What the live generation has is
 * kept: where the same id came over several partitions, only it knows which came first. Of what it has not, the first by
 * partition and offset is kept.
 */
final class Doubles {
    private static final String MARKS = "CREATE TABLE IF NOT EXISTS late_marks (table_name TEXT NOT NULL PRIMARY KEY)";

    private final Session session;
    private final Generation live;
    private final Set<Table> marked = new HashSet<>();

    Doubles(Session session, Generation live) {
        this.session = session;
        this.live = live;
    }

    void prepare() throws SQLException {
        session.execute(MARKS);
    }

    /** Notes which tables have rows whose doubles may lie in other partitions; in the transaction that writes them. */
    void mark(List<Row> rows) throws SQLException {
        for (Row row : rows) {
            if (!row.isOfOnePlace()) {
                mark(row.table());
            }
        }
    }

    void mark(Table table) throws SQLException {
        if (marked.add(table)) {
            session.update("INSERT INTO late_marks VALUES (?) ON CONFLICT DO NOTHING", table.name());
        }
    }

    /** The transaction was undone, and its marks with it. */
    void forgetMarks() {
        marked.clear();
    }

    boolean mayBeElsewhere(Table table) throws SQLException {
        return session.one(
                "SELECT EXISTS (SELECT FROM late_marks WHERE table_name = ?)", row -> row.getBoolean(1), table.name());
    }

    void finish() throws SQLException {
        session.execute("DROP TABLE IF EXISTS late_marks");
    }

    /**
     * Removes all but one of each.
     *
     * @param relation the table, or the partition of it that has some
     */
    void remove(Table table, String relation) throws SQLException {
        String key = String.join(", ", table.key());
        String same = table.key().stream()
                .map(column -> "l." + column + " = t." + column)
                .collect(Collectors.joining(" AND "));
        session.execute("""
                WITH again AS (SELECT %1$s FROM %2$s GROUP BY %1$s HAVING count(*) > 1),
                ranked AS (
                    SELECT t.tableoid AS part, t.ctid AS place, kept, row_number() OVER (
                        PARTITION BY %3$s ORDER BY kept DESC, t.source_partition, t.source_offset) AS nth
                    FROM %2$s AS t JOIN again USING (%1$s) CROSS JOIN LATERAL (SELECT EXISTS (
                        SELECT FROM %4$s.%5$s AS l WHERE %6$s AND l.source_partition = t.source_partition
                        AND l.source_offset = t.source_offset) AS kept) AS live)
                DELETE FROM %2$s AS t USING ranked WHERE t.tableoid = ranked.part AND t.ctid = ranked.place
                    AND nth > 1 AND NOT kept
                """.formatted(
                        key,
                        relation,
                        table.key().stream().map(column -> "t." + column).collect(Collectors.joining(", ")),
                        live.schema(),
                        table.name(),
                        same));
    }
}
