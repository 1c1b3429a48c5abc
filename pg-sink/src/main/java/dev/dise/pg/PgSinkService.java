package dev.dise.pg;

import com.zaxxer.hikari.HikariDataSource;
import dev.dise.pg.archive.Keeper;
import dev.dise.pg.archive.Maintenance;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DatabaseConfig.Migrate;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.ForgottenReader;
import dev.dise.runtime.sink.MeteredSink;
import dev.dise.runtime.sink.SinkWorker;
import dev.dise.runtime.sink.SplittingSink;
import dev.dise.schemas.Topic;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL side of the line: migrates, then moves batches from {@code dise.bulk} until closed. */
public final class PgSinkService implements Service {
    private static final Logger log = LoggerFactory.getLogger(PgSinkService.class);
    private static final String NAME = "pg-sink";

    private final HikariDataSource dataSource;
    private final List<DeadLetters> deadLetters = new ArrayList<>();
    private final List<SinkWorker<DecodedEvent>> workers = new ArrayList<>();
    private final List<Keeper> keepers = new ArrayList<>();
    private final ForgottenReader forgotten;

    private final Failpoints failpoints = Failpoints.from(System.getProperty(Failpoints.PROPERTY, ""));

    private PgSinkService(HikariDataSource dataSource, ForgottenReader forgotten) {
        this.dataSource = dataSource;
        this.forgotten = forgotten;
    }

    /**
     * Starts the sink; the topics are there already.
     *
     * @throws IllegalStateException if the database cannot be reached or migrated; the message says what to do
     */
    public static PgSinkService start(DiseConfig config, Health health, Metrics metrics) {
        Generation generation = new Generation(config.database().generation());
        migrate(config.database());
        HikariDataSource pool = Connections.pool(NAME, config.database(), generation);
        PgSinkService service = new PgSinkService(pool, forgotten(config, pool));
        int count = config.database().workers();
        for (int number = 1; number <= count; number++) {
            service.work(count == 1 ? NAME : NAME + "-" + number, config, generation, health, metrics);
        }
        service.keep(config.database(), health, metrics);
        log.atInfo()
                .addKeyValue("schema", generation.schema())
                .addKeyValue("workers", count)
                .log("PostgreSQL sink started");
        return service;
    }

    private static ForgottenReader forgotten(DiseConfig config, HikariDataSource pool) {
        try {
            return ForgottenReader.start(new KafkaClients(config.kafka()), NAME);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** What looks after the tables, for who does it by hand. Nothing is connected before it is asked for something. */
    public static Maintenance maintenance(DatabaseConfig config) {
        return new Maintenance(
                Connections.keeper(NAME, config),
                new Generation(config.generation()),
                config.keeping(),
                Clock.systemUTC());
    }

    @Override
    public CompletableFuture<Void> ended() {
        return CompletableFuture.anyOf(workers.stream().map(SinkWorker::ended).toArray(CompletableFuture[]::new))
                .thenApply(first -> null);
    }

    @Override
    public void close() {
        workers.forEach(SinkWorker::close);
        keepers.forEach(Keeper::close);
        deadLetters.forEach(DeadLetters::close);
        forgotten.close();
        dataSource.close();
    }

    /**
     * Brings the tables of the config's generation to this version as the owner, or with {@code migrate: validate} only
     * compares them.
     *
     * @throws IllegalStateException if the database cannot be reached, or is not what it should be
     */
    public static void migrate(DatabaseConfig config) {
        Generation generation = new Generation(config.generation());
        try {
            if (config.migrate() == Migrate.AUTO) {
                new Migrations(Connections.owner(NAME, config), config.logins()).migrate(generation);
            } else {
                Migrations.validate(Connections.writer(NAME, config), generation);
            }
        } catch (SQLException | RuntimeException e) {
            throw new IllegalStateException(
                    "cannot use PostgreSQL at " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
        }
    }

    /** A process that is to change no table and has no login of their owner leaves them to who has one. */
    private void keep(DatabaseConfig config, Health health, Metrics metrics) {
        DatabaseConfig.Logins logins = config.logins();
        if (config.migrate() == Migrate.VALIDATE && logins.owner().equals(logins.writer())) {
            log.atInfo().log("no login of the tables' owner here: run ./dise maintain from time to time");
            return;
        }
        keepers.add(Keeper.start(maintenance(config), health, metrics.registry()));
    }

    private void work(String name, DiseConfig config, Generation generation, Health health, Metrics metrics) {
        KafkaClients kafka = new KafkaClients(config.kafka());
        DeadLetters letters =
                new DeadLetters(NAME, kafka.producer(name + "-dead-letters"), metrics.registry(), Clock.systemUTC());
        deadLetters.add(letters);
        PgSink sink = new PgSink(dataSource, failpoints);
        var parts = new SinkWorker.Parts<>(
                name,
                Topic.BULK.topicName(),
                EventDecoder.flat(),
                new SplittingSink<>(new MeteredSink<>(sink, name, metrics.registry())),
                letters,
                sink,
                Backoff.standard(),
                Clock.systemUTC(),
                health,
                failpoints,
                forgotten.forgotten().counting(name, metrics.registry()));
        workers.add(SinkWorker.start(
                parts, kafka.consumer(generation.group(), config.database().maxBatch())));
    }
}
