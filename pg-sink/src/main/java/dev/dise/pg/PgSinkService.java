package dev.dise.pg;

import dev.dise.pg.archive.Maintenance;
import dev.dise.pg.generations.Registered;
import dev.dise.pg.generations.Registry;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DatabaseConfig.Migrate;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.ForgottenReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL side of the line: migrates, then moves batches from {@code dise.bulk} into every generation that is live
 * or follows, until closed. It looks every second which these are.
 */
public final class PgSinkService implements Service {
    private static final Logger log = LoggerFactory.getLogger(PgSinkService.class);
    private static final String NAME = "pg-sink";
    private static final int LOOKS_BETWEEN_FORGETTING = 60;

    private final GenerationWorkers.Surroundings surroundings;
    private final GenerationWatch watch;
    private final ForgottenReader forgotten;
    /** What readers see when the service starts has the plain name; the others have their number behind it. */
    private final Generation first;

    private final Map<Integer, GenerationWorkers> running = new TreeMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pg-generations").daemon().factory());
    private int looks;
    private boolean closed;

    private PgSinkService(
            GenerationWorkers.Surroundings surroundings,
            GenerationWatch watch,
            ForgottenReader forgotten,
            Generation first) {
        this.surroundings = surroundings;
        this.watch = watch;
        this.forgotten = forgotten;
        this.first = first;
    }

    /**
     * Starts the sink; the topics are there already.
     *
     * @throws IllegalStateException if the database cannot be reached or migrated; the message says what to do
     */
    public static PgSinkService start(DiseConfig config, Health health, Metrics metrics) {
        migrate(config.database());
        Failpoints failpoints = Failpoints.from(System.getProperty(Failpoints.PROPERTY, ""));
        GenerationWatch watch = new GenerationWatch(NAME, config.database());
        Generation first =
                watch.live().orElseGet(() -> new Generation(config.database().generation()));
        ForgottenReader forgotten = ForgottenReader.start(new KafkaClients(config.kafka()), NAME);
        PgSinkService service = new PgSinkService(
                new GenerationWorkers.Surroundings(config, health, metrics, failpoints, forgotten.forgotten()),
                watch,
                forgotten,
                first);
        try {
            service.follow(watch.followed().orElse(List.of(first)));
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
        var unused = service.clock.scheduleWithFixedDelay(service::look, 1, 1, TimeUnit.SECONDS);
        return service;
    }

    /** What looks after the tables of the live generation, for who does it by hand. */
    public static Maintenance maintenance(DatabaseConfig config) {
        DataSource owner = Connections.keeper(NAME, config);
        return new Maintenance(owner, live(owner, config), config.keeping(), Clock.systemUTC());
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        clock.shutdown();
        synchronized (this) {
            closed = true;
            running.values().forEach(GenerationWorkers::close);
        }
        watch.close();
        forgotten.close();
        ended.complete(null);
    }

    /**
     * Brings the tables of all generations that the sink fills to this version as the owner, or with
     * {@code migrate: validate} only compares them. An empty database gets the generation that the config names.
     *
     * @throws IllegalStateException if the database cannot be reached, or is not what it should be
     */
    public static void migrate(DatabaseConfig config) {
        Generation generation = new Generation(config.generation());
        try {
            if (config.migrate() == Migrate.AUTO) {
                new Migrations(Connections.owner(NAME, config), config.logins()).migrateFollowed(generation);
            } else {
                Migrations.validateFollowed(Connections.writer(NAME, config));
            }
        } catch (SQLException | RuntimeException e) {
            throw new IllegalStateException(
                    "cannot use PostgreSQL at " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
        }
    }

    private static Generation live(DataSource source, DatabaseConfig config) {
        Generation configured = new Generation(config.generation());
        try (Connection connection = source.getConnection()) {
            return Registry.exists(connection)
                    ? Registry.live(connection).map(Registered::generation).orElse(configured)
                    : configured;
        } catch (SQLException e) {
            // Whoever uses the answer cannot reach the database either, and says so.
            log.atDebug().setCause(e).log("generations cannot be read");
            return configured;
        }
    }

    private void look() {
        try {
            watch.followed().ifPresent(this::follow);
            if (++looks % LOOKS_BETWEEN_FORGETTING == 0) {
                watch.forgetLetters();
            }
        } catch (RuntimeException e) {
            // As when PostgreSQL goes away while a follower is started: the next look starts it.
            log.atWarn().setCause(e).log("generations not followed as they should be, will be tried again");
        }
    }

    private synchronized void follow(List<Generation> followed) {
        if (closed) {
            return;
        }
        Set<Integer> gone = new TreeSet<>(running.keySet());
        followed.forEach(generation -> gone.remove(generation.number()));
        gone.forEach(this::letGo);
        for (Generation generation : followed) {
            if (!running.containsKey(generation.number())) {
                begin(generation);
            }
        }
    }

    private void begin(Generation generation) {
        String name = generation.equals(first) ? NAME : NAME + "-g" + generation.number();
        GenerationWorkers workers = GenerationWorkers.start(generation, name, surroundings);
        running.put(generation.number(), workers);
        var unused = workers.ended().whenComplete((nothing, failure) -> end(generation, failure));
    }

    private void letGo(int number) {
        GenerationWorkers workers = running.remove(number);
        if (workers != null) {
            workers.retire();
        }
    }

    /** What fails because its tables were dropped under it has done no wrong; every other failure ends the service. */
    private void end(Generation generation, @Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        boolean stillFollowed =
                watch.followed().map(followed -> followed.contains(generation)).orElse(true);
        if (stillFollowed) {
            ended.completeExceptionally(failure);
        }
    }
}
