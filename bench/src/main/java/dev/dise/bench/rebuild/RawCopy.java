package dev.dise.bench.rebuild;

import dev.dise.bench.line.LineServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The limit: the very rows of the live generation, as bytes that were prepared, by one {@code COPY} into tables like its own
 * without indexes, and the same indexes after that. Same server, same settings of the session as the rebuild's.
 */
final class RawCopy {
    private static final int BUFFER = 1 << 16;
    private static final String COLUMNS =
            "tool_id, log_level, message, details, event_id, event_time, run_id, made_safe,"
                    + " source_topic, source_partition, source_offset";
    private static final String LEAVES = "SELECT format('CREATE TABLE raw.%I PARTITION OF raw.tool_logs ', c.relname)"
            + " || pg_get_expr(c.relpartbound, c.oid) FROM pg_catalog.pg_inherits h"
            + " JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid WHERE h.inhparent = 'dise_g1.tool_logs'::regclass";
    /** Those of a partition that belong to one of the whole come with that. */
    private static final String INDEXES =
            "SELECT replace(replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '), 'dise_g1.', 'raw.')"
                    + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
                    + " WHERE c.relnamespace = 'dise_g1'::regnamespace AND c.relname LIKE 'tool\\_logs%'"
                    + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.indexrelid)"
                    + " ORDER BY i.indisunique DESC";

    private final LineServers servers;
    private final Path file;

    RawCopy(LineServers servers) {
        this.servers = servers;
        this.file = servers.folder().resolve("rows.copy");
    }

    /** Writes the rows that there are now to a file. */
    long prepare() throws SQLException, IOException {
        try (Connection connection = servers.connect();
                OutputStream out = Files.newOutputStream(file)) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT " + COLUMNS + " FROM dise_g1.tool_logs) TO STDOUT (FORMAT binary)", out);
        }
    }

    /** Rows a second, until the last index is there. */
    double rowsPerSecond() throws SQLException, IOException {
        try (Connection connection = servers.connect();
                Statement statement = connection.createStatement();
                InputStream in = Files.newInputStream(file)) {
            List<String> indexes = texts(statement, INDEXES);
            create(statement);
            long begun = System.nanoTime();
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY raw.tool_logs (" + COLUMNS + ") FROM STDIN (FORMAT binary)", in, BUFFER);
            for (String index : indexes) {
                statement.execute(index);
            }
            double rate = rows * 1e9 / (System.nanoTime() - begun);
            statement.execute("DROP SCHEMA raw CASCADE");
            return rate;
        }
    }

    private static void create(Statement statement) throws SQLException {
        statement.execute("SET synchronous_commit = off");
        statement.execute("SET maintenance_work_mem = '256MB'");
        statement.execute("CREATE SCHEMA raw");
        statement.execute("CREATE SEQUENCE raw.tool_logs_id CACHE 100");
        statement.execute("CREATE TABLE raw.tool_logs (LIKE dise_g1.tool_logs INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
                + " INCLUDING STORAGE INCLUDING COMPRESSION) PARTITION BY RANGE (event_time)");
        statement.execute("ALTER TABLE raw.tool_logs ALTER COLUMN id SET DEFAULT nextval('raw.tool_logs_id')");
        for (String leaf : texts(statement, LEAVES)) {
            statement.execute(leaf);
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
