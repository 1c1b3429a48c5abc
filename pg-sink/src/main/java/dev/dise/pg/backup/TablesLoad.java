package dev.dise.pg.backup;

import dev.dise.pg.OwnerConnections;
import dev.dise.pg.PgSinkService;
import dev.dise.pg.backup.TablesFacts.Place;
import dev.dise.pg.backup.TablesFacts.Shape;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.kafka.MovedOffsets;
import dev.dise.runtime.sink.Partition;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/**
 * Fills the empty tables of a generation from files, in one transaction: all of it or nothing, so that a load that was
 * killed begins again.
 */
public final class TablesLoad {
    private static final String ADD_PARTITION = "SELECT %s.add_partition(?, ?)";
    private static final String SET_SEQUENCE = "SELECT setval(format('%I.%I', ?, ?)::regclass, ?)";
    private static final String SET_PLACE =
            "INSERT INTO %s.sink_offsets (topic, partition, next_offset) VALUES (?, ?, ?) RETURNING 1";

    private final DatabaseConfig config;
    private final DataSource source;
    private final TablesFacts facts;

    /** Nothing is connected before it is asked for. */
    public TablesLoad(DatabaseConfig config, TablesFacts facts) {
        this.config = config;
        this.source = OwnerConnections.of(config, "restore");
        this.facts = facts;
    }

    /** Where the rows are. */
    @FunctionalInterface
    public interface Rows {
        /** The files of a table, opened one after the other. */
        List<Source> of(String table);
    }

    /** One file of rows. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /**
     * What stands in the way, in one sentence; empty if nothing does. Changes nothing.
     *
     * @throws IllegalStateException if PostgreSQL cannot be reached
     */
    public Optional<String> occupied() {
        if (config.generation() != facts.generation()) {
            return Optional.of("the backup is of generation " + facts.generation() + " of PostgreSQL: set"
                    + " database.generation to " + facts.generation());
        }
        return with("cannot look at the tables", connection -> {
            Catalog catalog = new Catalog(connection, facts.schema());
            if (!catalog.isThere()) {
                return Optional.empty();
            }
            for (Shape table : catalog.shapes()) {
                if (hasRows(connection, table.name())) {
                    return Optional.of("the table " + facts.schema() + "." + table.name() + " has rows");
                }
            }
            return catalog.places().isEmpty()
                    ? Optional.empty()
                    : Optional.of("the tables of " + facts.schema() + " have been written to before");
        });
    }

    /**
     * Makes the tables if they are missing, and fills them unless that has been done.
     *
     * @param watcher is told how many rows are loaded
     * @return rows of each table, as they are there now
     * @throws IllegalStateException if the tables are of another version, or PostgreSQL or a file refuses
     */
    public Map<String, Long> load(Rows rows, MovedOffsets moved, LongConsumer watcher) {
        PgSinkService.migrate(config);
        return with("cannot fill the tables", connection -> {
            requireSameTables(new Catalog(connection, facts.schema()));
            if (!isLoaded(connection)) {
                connection.setAutoCommit(false);
                new Filling(connection, rows, moved, watcher).run();
                connection.commit();
                connection.setAutoCommit(true);
                analyze(connection);
            }
            return counts(connection);
        });
    }

    /** One transaction that fills everything. */
    private final class Filling {
        private final Connection connection;
        private final Rows rows;
        private final MovedOffsets moved;
        private final LongConsumer watcher;
        private long loaded;

        Filling(Connection connection, Rows rows, MovedOffsets moved, LongConsumer watcher) {
            this.connection = connection;
            this.rows = rows;
            this.moved = moved;
            this.watcher = watcher;
        }

        void run() throws SQLException, IOException {
            for (Shape table : facts.tables()) {
                for (LocalDate day : table.days()) {
                    Jdbc.list(connection, ADD_PARTITION.replace("%s", facts.schema()), row -> true, table.name(), day);
                }
                for (Source file : rows.of(table.name())) {
                    fill(table, file);
                }
            }
            for (Map.Entry<String, Long> sequence : facts.sequences().entrySet()) {
                if (sequence.getValue() > 0) {

                    Jdbc.list(
                            connection,
                            SET_SEQUENCE,
                            row -> true,
                            facts.schema(),
                            sequence.getKey(),
                            sequence.getValue());
                }
            }
            for (Place place : facts.places()) {
                long next = moved.of(new Partition(place.topic(), place.partition()), place.nextOffset());
                String sql = SET_PLACE.replace("%s", facts.schema());
                Jdbc.list(connection, sql, row -> true, place.topic(), place.partition(), Math.max(0, next));
            }
        }

        private void fill(Shape table, Source file) throws SQLException, IOException {
            String sql = "COPY " + facts.schema() + "." + Jdbc.quoted(table.name()) + " ("
                    + Jdbc.quoted(table.columns()) + ") FROM STDIN (FORMAT binary)";
            long before = loaded;
            try (RowStream in =
                    new RowStream(file.open(), table.columns(), moved, count -> watcher.accept(before + count))) {
                loaded += Jdbc.copies(connection).copyIn(sql, in);
            }
        }
    }

    private void requireSameTables(Catalog catalog) throws SQLException {
        boolean same = catalog.migrations().equals(facts.migrations())
                && catalog.shapes().stream()
                        .map(shape -> new Shape(shape.name(), shape.columns(), List.of()))
                        .toList()
                        .equals(facts.tables().stream()
                                .map(shape -> new Shape(shape.name(), shape.columns(), List.of()))
                                .toList());
        if (!same) {
            throw new IllegalStateException("the backup has the tables of another version than this one makes:"
                    + " restore it with the version that wrote it, and start the newer one on what was restored");
        }
    }

    private boolean isLoaded(Connection connection) throws SQLException {
        for (Shape table : facts.tables()) {
            if (hasRows(connection, table.name())) {
                return true;
            }
        }
        return !new Catalog(connection, facts.schema()).places().isEmpty();
    }

    private boolean hasRows(Connection connection, String table) throws SQLException {
        String sql = "SELECT EXISTS (SELECT FROM " + facts.schema() + "." + Jdbc.quoted(table) + ")";
        return Jdbc.list(connection, sql, row -> row.getBoolean(1)).get(0);
    }

    private Map<String, Long> counts(Connection connection) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (Shape table : facts.tables()) {
            String sql = "SELECT count(*) FROM " + facts.schema() + "." + Jdbc.quoted(table.name());
            counts.put(
                    table.name(),
                    Jdbc.list(connection, sql, row -> row.getLong(1)).get(0));
        }
        return counts;
    }

    private void analyze(Connection connection) throws SQLException {
        for (Shape table : facts.tables()) {
            Jdbc.execute(connection, "ANALYZE " + facts.schema() + "." + Jdbc.quoted(table.name()));
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException, IOException;
    }

    private <T> T with(String failure, Work<T> work) {
        return Jdbc.orRefuse(failure + " of PostgreSQL at " + config.host() + ":" + config.port(), () -> {
            try (Connection connection = source.getConnection()) {
                return work.on(connection);
            }
        });
    }
}
