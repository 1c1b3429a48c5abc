package dev.dise.pg;

import com.zaxxer.hikari.HikariDataSource;
import dev.dise.pg.archive.Keeper;
import dev.dise.pg.archive.Maintenance;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DatabaseConfig.Migrate;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.MeteredSink;
import dev.dise.runtime.sink.SinkWorker;
import dev.dise.runtime.sink.SplittingSink;
import dev.dise.schemas.Topic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What fills one generation and looks after its tables: workers, their connections, a keeper. Closing twice is harmless. */
final class GenerationWorkers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GenerationWorkers.class);
    /** Of every generation: a letter says which stage refused, and there is one letter for all. */
    private static final String STAGE = "pg-sink";

    private final Generation generation;
    private final String name;
    private final Surroundings surroundings;
    private final HikariDataSource dataSource;
    private final List<String> parts = new ArrayList<>();
    private final List<DeadLetters> deadLetters = new ArrayList<>();
    private final List<SinkWorker<DecodedEvent>> workers = new ArrayList<>();
    private final List<Keeper> keepers = new ArrayList<>();

    /** What all workers of a service share. */
    record Surroundings(
            DiseConfig config, Health health, Metrics metrics, Failpoints failpoints, Forgotten forgotten) {}

    private GenerationWorkers(Generation generation, String name, Surroundings surroundings) {
        this.generation = generation;
        this.name = name;
        this.surroundings = surroundings;
        this.dataSource = Connections.pool(name, surroundings.config().database(), generation);
    }

    /**
     * Starts what the config says; the tables are there.
     *
     * @param name of the connections and, with a number behind it where there are several, of the workers
     */
    static GenerationWorkers start(Generation generation, String name, Surroundings surroundings) {
        GenerationWorkers started = new GenerationWorkers(generation, name, surroundings);
        int count = surroundings.config().database().workers();
        for (int number = 1; number <= count; number++) {
            started.work(count == 1 ? name : name + "-" + number);
        }
        started.keep(surroundings.config().database());
        log.atInfo()
                .addKeyValue("schema", generation.schema())
                .addKeyValue("workers", count)
                .log("PostgreSQL sink started");
        return started;
    }

    /** Done when the first worker has ended. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.anyOf(workers.stream().map(SinkWorker::ended).toArray(CompletableFuture[]::new))
                .thenApply(first -> null);
    }

    @Override
    public void close() {
        workers.forEach(SinkWorker::close);
        keepers.forEach(Keeper::close);
        deadLetters.forEach(DeadLetters::close);
        dataSource.close();
    }

    /** The same where the generation is no longer followed: nobody is to see that it once had a part in this process. */
    void retire() {
        close();
        parts.forEach(surroundings.health()::forget);
        log.atInfo().addKeyValue("schema", generation.schema()).log("PostgreSQL sink has let go of a generation");
    }

    /** A process that is to change no table and has no login of their owner leaves them to who has one. */
    private void keep(DatabaseConfig config) {
        DatabaseConfig.Logins logins = config.logins();
        if (config.migrate() == Migrate.VALIDATE && logins.owner().equals(logins.writer())) {
            log.atInfo().log("no login of the tables' owner here: run ./dise maintain from time to time");
            return;
        }
        Maintenance maintenance =
                new Maintenance(Connections.keeper(name, config), generation, config.keeping(), Clock.systemUTC());
        keepers.add(Keeper.start(
                maintenance, surroundings.health(), surroundings.metrics().registry()));
    }

    private void work(String part) {
        KafkaClients kafka = new KafkaClients(surroundings.config().kafka());
        DeadLetters letters = new DeadLetters(
                STAGE,
                kafka.producer(part + "-dead-letters"),
                surroundings.metrics().registry(),
                Clock.systemUTC());
        deadLetters.add(letters);
        SharedLetters shared = new SharedLetters(letters);
        PgSink sink = new PgSink(dataSource, surroundings.failpoints(), shared);
        var worker = new SinkWorker.Parts<>(
                part,
                Topic.BULK.topicName(),
                EventDecoder.flat(),
                new SplittingSink<>(
                        new MeteredSink<>(sink, part, surroundings.metrics().registry())),
                shared,
                sink,
                Backoff.standard(),
                Clock.systemUTC(),
                surroundings.health(),
                surroundings.failpoints(),
                surroundings.forgotten().counting(part, surroundings.metrics().registry()));
        parts.add(part);
        workers.add(SinkWorker.start(
                worker,
                kafka.consumer(
                        generation.group(), surroundings.config().database().maxBatch())));
    }
}
