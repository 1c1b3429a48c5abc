package dev.dise.pg;

import static org.awaitility.Awaitility.await;

import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.sink.ConsumerGroup;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.runtime.sink.Ledger;
import dev.dise.runtime.sink.MixedTraffic;
import dev.dise.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real broker and a real PostgreSQL for a sink between them, and the ledger of what goes in. */
abstract class SinkServiceRig {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String GROUP = PgStack.GENERATION.group();
    /** The same again: {@code -Ddise.seed=…}. */
    static final long SEED = Long.getLong("dise.seed", System.nanoTime());

    private static final Logger log = LoggerFactory.getLogger(SinkServiceRig.class);
    private static final int PARTITIONS = 3;

    static Path folder = Path.of("");
    static KafkaStack kafka;
    static PgServer postgres;
    static ConsumerGroup group;
    static Ledger ledger;
    static MixedTraffic traffic;

    @BeforeAll
    static void startServers(@TempDir Path directory) throws Exception {
        log.atInfo().addKeyValue("dise.seed", SEED).log("seed of this run");
        folder = directory;
        kafka = KafkaStack.start(directory.resolve("kafka"), PARTITIONS);
        postgres = PgServer.start(directory.resolve("postgres"));
        PgSinkService.migrate(config().database());
        group = new ConsumerGroup(kafka.clients(), GROUP);
        ledger = new Ledger();
        traffic = new MixedTraffic(kafka.clients(), Topic.BULK, ledger, SEED);
    }

    @AfterAll
    static void stopServers() {
        traffic.close();
        group.close();
        postgres.close();
        kafka.close();
    }

    /** A config file for a service of this broker and this PostgreSQL, with small batches and a short patience. */
    static Path configFile() throws IOException {
        return Files.writeString(
                folder.resolve("config.yaml"),
                """
                kafka: {bootstrap_servers: "%s", partitions: %d, replication_factor: 1,
                        properties: {session.timeout.ms: 6000, heartbeat.interval.ms: 500}}
                pg_sink: {health: {port: 0}}
                """.formatted(kafka.config().bootstrapServers(), PARTITIONS)
                        + postgres.settings(
                                ", max_batch: 50, min_connections: 0, max_connections: 2, statement_timeout: 1s"));
    }

    static DiseConfig config() throws IOException {
        return DiseConfig.load(configFile(), Map.of());
    }

    /** Returns when the sink has read everything that is in the topic now. */
    static void awaitDrained() {
        long end = kafka.end(Topic.BULK);
        await().atMost(PATIENCE).until(() -> postgres.recordsDone() == end);
    }

    /** Fails with everything that is lost, double or miscounted. */
    static void checkLedger() {
        ledger.check(postgres.stored(), kafka.deadLetters());
    }
}
