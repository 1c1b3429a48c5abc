package dev.dise.bench;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.runtime.config.DiseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The servers of a benchmark in a new folder, which is removed on close; PostgreSQL writes to disk as in earnest. */
public final class BenchServers implements AutoCloseable {
    /** What zonky's binaries are initialised with: the loopback interface is trusted. */
    private static final String SUPERUSER = "postgres";

    /** The best number for two cores, which broker, sink and PostgreSQL share. */
    private static final int WORKERS = 2;

    private final Path folder;
    private final EmbeddedKafka kafka;
    private EmbeddedPostgreSql postgres;
    private int port;

    private BenchServers(Path folder, EmbeddedKafka kafka, EmbeddedPostgreSql postgres) {
        this.folder = folder;
        this.kafka = kafka;
        this.postgres = postgres;
    }

    public static BenchServers start(Path state) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(state), "run-")
                .toAbsolutePath();
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        try {
            BenchServers servers = new BenchServers(
                    folder, kafka, EmbeddedPostgreSql.start(folder.resolve("postgres"), 0, Durability.FSYNC));
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "bench-stopper"));
            return servers;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    public Path folder() {
        return folder;
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public EmbeddedPostgreSql postgres() {
        return postgres;
    }

    /** What PostgreSQL has said since its start. */
    Path postgresLog() {
        return folder.resolve("postgres").resolve("server.log");
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), SUPERUSER, "");
    }

    /** Where the config is, once it was written. */
    Path configFile() {
        return folder.resolve("config.yaml");
    }

    /** Ends PostgreSQL; {@link #startPostgres} brings it back with all it had, on the same port. */
    void stopPostgres() {
        port = postgres.port();
        postgres.close();
    }

    void startPostgres() {
        postgres = EmbeddedPostgreSql.start(folder.resolve("postgres"), port, Durability.FSYNC);
    }

    /**
     * The config of a sink, written to a file and read as a service reads it.
     *
     * @param maxBatch records of one transaction at most
     */
    DiseConfig config(int generation, int maxBatch) throws IOException {
        Files.writeString(configFile(), """
                kafka: {bootstrap_servers: "%s", partitions: %d, replication_factor: 1}
                database: {host: "%s", port: %d, database: "%s", user: "%s", password: "%s",
                           generation: %d, max_batch: %d, workers: %d}
                pg_sink: {health: {port: 0}}
                """.formatted(
                        kafka.bootstrapServers(),
                        BenchTopic.PARTITIONS,
                        postgres.host(),
                        postgres.port(),
                        postgres.database(),
                        postgres.user(),
                        postgres.password(),
                        generation,
                        maxBatch,
                        WORKERS));
        return DiseConfig.load(configFile(), Map.of());
    }

    /** Also when the benchmark is stopped half-way; a second time there is nothing left to close. */
    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            postgres.close();
        } finally {
            kafka.close();
            remove();
        }
    }

    private void remove() {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
