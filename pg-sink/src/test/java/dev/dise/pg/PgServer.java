package dev.dise.pg;

import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.runtime.Signals;
import dev.dise.runtime.sink.Ledger;
import dev.dise.runtime.sink.NewestVersions.Version;
import dev.dise.schemas.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that is asked for what the sink has written, and treated badly, by its superuser too. */
final class PgServer implements AutoCloseable {
    private static final String EVENTS =
            "SELECT event_id FROM dise_g1.tool_logs UNION ALL SELECT event_id FROM dise_g1.tool_performance";
    private static final String BUGS = "SELECT bug_id AS subject, event_id, occurrences FROM dise_g1.tool_bugs";
    private static final String TOOLS = "SELECT tool_id AS subject, event_id, occurrences FROM dise_g1.generated_tools";
    private static final String SESSIONS = " FROM pg_stat_activity WHERE application_name = 'pg-sink'";

    private final Path folder;
    private final int port;
    private EmbeddedPostgreSql server;

    private PgServer(Path folder, EmbeddedPostgreSql server) {
        this.folder = folder;
        this.server = server;
        this.port = server.port();
    }

    /** Starts in the folder, on a free port that it keeps. */
    static PgServer start(Path folder) {
        return new PgServer(folder, EmbeddedPostgreSql.start(folder, 0, Durability.NO_FSYNC));
    }

    /** Its part of a config file: three roles, and whatever else is set. */
    String settings(String more) {
        return """
                database:
                  {host: %1$s, port: %2$d, database: %3$s, user: %4$s, password: %5$s,
                   owner: {user: %6$s, password: %5$s}, reader: {user: %7$s, password: %5$s}%8$s}
                """.formatted(
                        server.host(),
                        port,
                        server.database(),
                        server.writer(),
                        server.password(),
                        server.user(),
                        server.reader(),
                        more);
    }

    /** Connections as the sink has them, but a new one each time. */
    DataSource connections() {
        PGSimpleDataSource source = source(server.database(), server.writer());
        source.setCurrentSchema(PgStack.GENERATION.schema());
        source.setApplicationName("pg-sink");
        return source;
    }

    /** Connections of the owner. */
    DataSource others() {
        return source(server.database(), server.user());
    }

    /** Connections of who may read the views only. */
    DataSource asReader() {
        return source(server.database(), server.reader());
    }

    List<Map<String, @Nullable String>> query(String sql) {
        return PgStack.query(others(), sql);
    }

    /** The only value of a query, as a number. */
    long number(String sql) {
        String value = query(sql).get(0).values().iterator().next();
        return value == null ? 0 : Long.parseLong(value);
    }

    void execute(String... statements) {
        execute(others(), statements);
    }

    /** In the database {@code postgres}, where nothing is locked. */
    void executeAsSuperuser(String... statements) {
        execute(superuser(), statements);
    }

    DataSource superuser() {
        return source("postgres", "postgres");
    }

    /** What the sink has written. */
    Ledger.Stored stored() {
        Map<String, Version> entities = new HashMap<>();
        entities.putAll(entities(EventType.BUG_REPORT, BUGS));
        entities.putAll(entities(EventType.GENERATED_TOOL, TOOLS));
        return new Ledger.Stored(
                query(EVENTS).stream().map(row -> text(row, "event_id")).toList(), entities);
    }

    /** Records that the sink is done with, over all partitions, as the sink's own table says. */
    long recordsDone() {
        return number("SELECT coalesce(sum(next_offset), 0) FROM dise_g1.sink_offsets");
    }

    /** Process ids of the sink's sessions that are in a state. */
    long[] sessions(String condition) {
        return PgStack.query(superuser(), "SELECT pid" + SESSIONS + " AND " + condition).stream()
                .mapToLong(row -> Long.parseLong(text(row, "pid")))
                .toArray();
    }

    long[] sessions() {
        return sessions("true");
    }

    /** Ends the sink's sessions (57P01). */
    void endAllSessions() {
        executeAsSuperuser("SELECT pg_terminate_backend(pid)" + SESSIONS);
    }

    /** Ends some sessions. */
    void endSessions(long... pids) {
        for (long pid : pids) {
            executeAsSuperuser("SELECT pg_terminate_backend(" + pid + ")");
        }
    }

    /** The process that takes new connections. */
    long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(cluster().resolve("postmaster.pid"))
                    .get(0)
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process of the server, sessions included. */
    long[] processes() {
        ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .mapToLong(ProcessHandle::pid)
                .toArray();
    }

    Path cluster() {
        return folder.resolve("cluster");
    }

    /** Ends everything at once, as {@code pg_ctl stop -m immediate} does: no session is finished, nothing is flushed. */
    void stopImmediately() {
        Signals.send("QUIT", postmaster());
        server.close();
    }

    void startAgain() {
        server = EmbeddedPostgreSql.start(folder, port, Durability.NO_FSYNC);
    }

    @Override
    public void close() {
        server.close();
    }

    private Map<String, Version> entities(EventType type, String sql) {
        Map<String, Version> entities = new HashMap<>();
        query(sql)
                .forEach(row -> entities.put(
                        Ledger.entity(type, text(row, "subject")),
                        new Version(text(row, "event_id"), Long.parseLong(text(row, "occurrences")))));
        return entities;
    }

    private static String text(Map<String, @Nullable String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private PGSimpleDataSource source(String database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(server.password());
        return source;
    }

    private static void execute(DataSource source, String... statements) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }
}
