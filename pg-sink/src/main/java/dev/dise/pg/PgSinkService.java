package dev.dise.pg;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.MeteredSink;
import dev.dise.runtime.sink.SinkWorker;
import dev.dise.schemas.Topic;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL side of the line: migrates, then moves batches from {@code dise.bulk} until closed. */
public final class PgSinkService implements Service {
    private static final Logger log = LoggerFactory.getLogger(PgSinkService.class);
    private static final String NAME = "pg-sink";

    private final HikariDataSource dataSource;
    private final DeadLetters deadLetters;
    private final SinkWorker<DecodedEvent> worker;

    private PgSinkService(HikariDataSource dataSource, DeadLetters deadLetters, SinkWorker<DecodedEvent> worker) {
        this.dataSource = dataSource;
        this.deadLetters = deadLetters;
        this.worker = worker;
    }

    /**
     * Starts the sink; the topics are there already.
     *
     * @throws IllegalStateException if the database cannot be reached or migrated; the message says what to do
     */
    public static PgSinkService start(DiseConfig config, Health health, Metrics metrics) {
        Generation generation = new Generation(config.database().generation());
        HikariDataSource dataSource = open(config.database(), generation);
        try {
            new Migrations(owner(config.database())).migrate(generation);
        } catch (SQLException | RuntimeException e) {
            dataSource.close();
            throw new IllegalStateException(
                    "cannot migrate PostgreSQL at " + config.database().host() + ":"
                            + config.database().port() + ": " + e.getMessage(),
                    e);
        }
        KafkaClients kafka = new KafkaClients(config.kafka());
        DeadLetters deadLetters =
                new DeadLetters(NAME, kafka.producer(NAME + "-dead-letters"), metrics.registry(), Clock.systemUTC());
        PgSink sink = new PgSink(dataSource);
        var parts = new SinkWorker.Parts<>(
                NAME,
                Topic.BULK,
                new EventDecoder(),
                new MeteredSink<>(sink, NAME, metrics.registry()),
                deadLetters,
                sink,
                Backoff.standard(),
                Clock.systemUTC(),
                health);
        SinkWorker<DecodedEvent> worker = SinkWorker.start(
                parts, kafka.consumer(generation.group(), config.database().maxBatch()));
        log.atInfo().addKeyValue("schema", generation.schema()).log("PostgreSQL sink started");
        return new PgSinkService(dataSource, deadLetters, worker);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return worker.ended();
    }

    @Override
    public void close() {
        worker.close();
        deadLetters.close();
        dataSource.close();
    }

    /** Beside the pool: the pool may be too small for a migration, and its time-outs too short. */
    private static DataSource owner(DatabaseConfig config) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(config.jdbcUrl());
        owner.setUser(config.user());
        owner.setPassword(config.password().value());
        owner.setApplicationName(NAME + "-migration");
        return owner;
    }

    private static HikariDataSource open(DatabaseConfig config, Generation generation) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(NAME);
        pool.setJdbcUrl(config.jdbcUrl());
        pool.setUsername(config.user());
        pool.setPassword(config.password().value());
        pool.setMinimumIdle(config.minConnections());
        pool.setMaximumPoolSize(config.maxConnections());
        pool.setConnectionTimeout(5_000);
        pool.setInitializationFailTimeout(30_000);
        pool.addDataSourceProperty("ApplicationName", NAME);
        pool.addDataSourceProperty("currentSchema", generation.schema());
        pool.addDataSourceProperty("socketTimeout", 30);
        pool.addDataSourceProperty("tcpKeepAlive", true);
        return new HikariDataSource(pool);
    }
}
