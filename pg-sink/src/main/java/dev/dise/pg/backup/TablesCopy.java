package dev.dise.pg.backup;

import dev.dise.pg.OwnerConnections;
import dev.dise.runtime.config.DatabaseConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The tables that readers see, as they were in the moment in which the copy was opened: rows and offsets are one prefix of the
 * log. The sink goes on meanwhile: one transaction holds that moment and no table, and each partition is locked
 * against nothing but its removal, while it is read. The keeper rests until this is closed, since what it removes no
 * moment can hold.
 */
public final class TablesCopy implements AutoCloseable {
    private static final String WAIT = "SET lock_timeout = '60s'";
    private static final String REST = "SELECT pg_advisory_lock(hashtextextended(?, 0))";
    private static final String MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final DataSource source;
    private final Connection holder;
    private final Catalog catalog;
    private final String moment;
    private final TablesFacts facts;

    private TablesCopy(DataSource source, Connection holder, int generation) throws SQLException {
        String schema = "dise_g" + generation;
        this.source = source;
        this.holder = holder;
        this.catalog = new Catalog(holder, schema);
        Jdbc.execute(holder, WAIT);
        Jdbc.list(holder, REST, row -> true, schema + " keeper");
        holder.setAutoCommit(false);
        Jdbc.execute(holder, MOMENT);
        this.moment = Jdbc.list(holder, "SELECT pg_export_snapshot()", row -> row.getString(1))
                .get(0);
        this.facts = catalog.facts(generation);
    }

    /**
     * Takes the moment; empty if there are no tables yet.
     *
     * @throws IllegalStateException if PostgreSQL cannot be reached, or its keeper is at work for more than a minute
     */
    public static Optional<TablesCopy> open(DatabaseConfig config) {
        DataSource source = OwnerConnections.of(config, "backup");
        return Jdbc.orRefuse(
                "cannot copy the tables of PostgreSQL at " + config.host() + ":" + config.port(), () -> open(source));
    }

    private static Optional<TablesCopy> open(DataSource source) throws SQLException {
        Connection holder = source.getConnection();
        boolean opened = false;
        try {
            Optional<Integer> live = Catalog.live(holder);
            if (live.isEmpty()) {
                return Optional.empty();
            }
            TablesCopy copy = new TablesCopy(source, holder, live.get());
            opened = true;
            return Optional.of(copy);
        } finally {
            if (!opened) {
                holder.close();
            }
        }
    }

    public TablesFacts facts() {
        return facts;
    }

    /** What is to be copied. */
    public List<Leaf> leaves() {
        return Jdbc.orRefuse("cannot list the tables", () -> catalog.leaves(facts));
    }

    /**
     * Writes the rows as {@code COPY} does in its binary format.
     *
     * @return how many rows
     * @throws IOException if the rows cannot be written
     * @throws IllegalStateException if they cannot be read
     */
    public long copy(Leaf leaf, OutputStream out) throws IOException {
        List<String> columns = facts.tables().stream()
                .filter(table -> table.name().equals(leaf.table()))
                .findFirst()
                .map(TablesFacts.Shape::columns)
                .orElseThrow();
        String sql = "COPY " + facts.schema() + "." + Jdbc.quoted(leaf.name()) + " (" + Jdbc.quoted(columns)
                + ") TO STDOUT (FORMAT binary)";
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Jdbc.execute(connection, MOMENT);
            Jdbc.execute(connection, "SET TRANSACTION SNAPSHOT '" + moment.replace("'", "''") + "'");
            long rows = Jdbc.copies(connection).copyOut(sql, out);
            connection.commit();
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot copy the table " + leaf.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        Jdbc.orRefuse("cannot end the copy of the tables", () -> {
            // A connection of this source is one of its own, so the keeper's lock ends with it.
            holder.rollback();
            holder.close();
            return true;
        });
    }
}
