package dev.dise.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A real PostgreSQL server as a child process, listening on the loopback interface only, with the role {@code dise} and
 * its database {@code dise_data}.
 *
 * <p>Data survives {@link #close} and a new start in the same directory, on the same port or another. The server outlives
 * a killed JVM; the next start in the directory stops it first. The caller closes; no shutdown hook does.
 */
public final class EmbeddedPostgreSql implements AutoCloseable {

    /** Whether a commit waits until the disk has it. */
    public enum Durability {
        /** A commit survives a power cut. */
        FSYNC,
        /** Faster, for tests: a power cut may lose or break the data, a killed process does not. */
        NO_FSYNC
    }

    /** The role that owns the database of every such server. */
    public static final String USER = "dise";
    /** The role of every such server that inserts rows. */
    public static final String WRITER = "dise_writer";
    /** The role of every such server that reads. */
    public static final String READER = "dise_reader";
    /** The role of every such server that runs the statements of people. */
    public static final String SQL = "dise_sql";
    /** The password of each of the four; the server listens on the loopback interface only. */
    public static final String PASSWORD = "dise123";

    static final String HOST = "127.0.0.1";
    static final String DATABASE = "dise_data";

    private static final String NAME = "PostgreSQL";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final DirectoryLock lock;
    private final EmbeddedPostgres server;

    private EmbeddedPostgreSql(DirectoryLock lock, EmbeddedPostgres server) {
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the server and returns once it accepts connections; creates cluster, role and database where missing.
     *
     * @param port where clients connect, 0 for a free one
     * @throws IllegalStateException if the port or the directory is in use
     */
    public static EmbeddedPostgreSql start(Path dataDir, int port, Durability durability) {
        int freePort = FreePort.orFree(port);
        FreePort.requireFree(freePort, NAME);
        DirectoryLock lock = DirectoryLock.take(dataDir, NAME);
        Path cluster = dataDir.toAbsolutePath().resolve("cluster");
        try {
            Postmaster.clear(cluster);
            return new EmbeddedPostgreSql(lock, startServer(cluster, freePort, durability));
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException("PostgreSQL did not start, see " + serverLog(cluster), e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Connects to {@link #database}; user and password are not part of it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + HOST + ":" + port() + "/" + DATABASE;
    }

    /** The loopback address the server listens on. */
    public String host() {
        return HOST;
    }

    /** The port clients connect to. */
    public int port() {
        return server.getPort();
    }

    /** The role that owns the database; it may create databases and roles but is no superuser. */
    public String user() {
        return USER;
    }

    /** A role that may log in; what else it may, the owner grants. For who inserts rows. */
    public String writer() {
        return WRITER;
    }

    /** A role that may log in; what else it may, the owner grants. For who reads. */
    public String reader() {
        return READER;
    }

    /** A role that may log in; what else it may, the owner grants. For the statements of people. */
    public String sql() {
        return SQL;
    }

    /** The password of each of the four roles. */
    public String password() {
        return PASSWORD;
    }

    /** The database of the role. */
    public String database() {
        return DATABASE;
    }

    /** Ends all sessions, stops the server and returns once it is down. May be called twice. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        } finally {
            lock.close();
        }
    }

    private static EmbeddedPostgres startServer(Path cluster, int port, Durability durability) throws IOException {
        Path log = freshLog(cluster);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setPort(port)
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setOutputRedirector(Redirect.appendTo(log.toFile()));
        PostgreSqlSettings.locale().forEach(builder::setLocaleConfig);
        PostgreSqlSettings.server(durability).forEach(builder::setServerConfig);
        EmbeddedPostgres server = builder.start();
        try {
            PostgreSqlBootstrap.run(server.getPostgresDatabase(), cluster);
            return server;
        } catch (SQLException e) {
            server.close();
            throw new IllegalStateException("cannot create role and database in " + cluster, e);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Keeps the log of the start before, which is the one to read after a crash. */
    private static Path freshLog(Path cluster) throws IOException {
        Path log = serverLog(cluster);
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    private static Path serverLog(Path cluster) {
        return cluster.resolveSibling("server.log");
    }
}
