package dev.dise.localdev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.Signals;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.TopicReader;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, router, PostgreSQL and its sink, each a process of its own and each killed twice while events keep coming: every
 * event that Kafka accepted is one row or a dead letter, and never both.
 */
class EverythingKilledTwiceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ROUNDS = 2;
    /** So many events before each kill, of which some are on their way then, and as many while it is away, if it is not the broker. */
    private static final int BETWEEN = 200;
    /** One record of so many is cut off in the middle. */
    private static final int POISON = 50;

    @TempDir
    private Path folder = Path.of("");

    private final Set<String> good = ConcurrentHashMap.newKeySet();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();
    private final List<AutoCloseable> running = new ArrayList<>();
    private int brokerPort;
    private int number;

    @AfterEach
    void stopEverything() throws Exception {
        for (AutoCloseable process : running.reversed()) {
            process.close();
        }
    }

    @Test
    void eachAcceptedEventIsStoredOnceOrADeadLetter() throws Exception {
        brokerPort = freePort();
        EmbeddedPostgreSql postgres = startPostgres(0);
        int port = postgres.port();
        Path config = writeConfig(postgres);
        DiseConfig settings = DiseConfig.load(config, Map.of());
        ChildJvm broker = startBroker();
        TopicSetup.ensure(settings.kafka());
        ChildJvm router = start(dev.dise.router.Main.class, "router", config);
        ChildJvm sink = start(dev.dise.pg.Main.class, "pg-sink", config);
        try (Producer<byte[], byte[]> producer = new KafkaClients(settings.kafka()).producer("everything")) {
            for (int round = 0; round < ROUNDS; round++) {
                send(producer);
                sink.kill();
                send(producer);
                sink = start(dev.dise.pg.Main.class, "pg-sink", config);
                awaitAllStored(postgres);
                send(producer);
                router.kill();
                send(producer);
                router = start(dev.dise.router.Main.class, "router", config);
                awaitAllStored(postgres);
                send(producer);
                Signals.send("KILL", postmaster());
                postgres.close();
                send(producer);
                postgres = startPostgres(port);
                awaitAllStored(postgres);
                send(producer);
                broker.kill();
                broker = startBroker();
                producer.flush();
                awaitAllStored(postgres);
            }
        }
        assertThat(good.size() + poison.size()).isEqualTo(number);
        assertThat(stored(postgres)).doesNotHaveDuplicates();
        assertThat(ids(new TopicReader(new KafkaClients(settings.kafka())).read(Topic.DEAD_LETTERS)))
                .isEqualTo(poison);
    }

    /** The line goes on by itself, whatever was killed. */
    private void awaitAllStored(EmbeddedPostgreSql postgres) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(new HashSet<>(stored(postgres))).isEqualTo(good));
    }

    private void send(Producer<byte[], byte[]> producer) {
        for (int i = 0; i < BETWEEN; i++) {
            boolean bad = ++number % POISON == 0;
            String id = EventIds.next();
            Event event = Event.of(
                    id,
                    "urn:dise:test",
                    Instant.now(),
                    Log.of("tool-" + number % 7, LogLevel.INFO, "number " + number));
            ProducerRecord<byte[], byte[]> whole = EventDeliveries.toSend(Topic.EVENTS.topicName(), event);
            ProducerRecord<byte[], byte[]> sent = !bad
                    ? whole
                    : new ProducerRecord<>(
                            whole.topic(), null, null, whole.key(), "{\"tool".getBytes(UTF_8), whole.headers());
            var unused = producer.send(sent, (place, failure) -> {
                if (failure == null) {
                    (bad ? poison : good).add(id);
                }
            });
        }
    }

    private EmbeddedPostgreSql startPostgres(int port) {
        EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(folder.resolve("postgres"), port, Durability.NO_FSYNC);
        running.add(postgres);
        return postgres;
    }

    private ChildJvm startBroker() {
        return start(BrokerMain.class, "broker", folder.resolve("kafka"), brokerPort);
    }

    private ChildJvm start(Class<?> main, String name, Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        ChildJvm child = ChildJvm.start(main, folder.resolve(name + ".log"), Map.of(), texts.toArray(String[]::new));
        running.add(child);
        return child;
    }

    private Path writeConfig(EmbeddedPostgreSql postgres) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), """
                kafka: {bootstrap_servers: "127.0.0.1:%d", partitions: 2, replication_factor: 1,
                        properties: {session.timeout.ms: 6000, heartbeat.interval.ms: 1000}}
                database: {host: 127.0.0.1, port: %d, database: %s, user: %s, password: %s,
                           owner: {user: %s, password: %s}, max_batch: 100}
                router: {health: {port: 0}}
                pg_sink: {health: {port: 0}}
                """.formatted(
                        brokerPort,
                        postgres.port(),
                        postgres.database(),
                        postgres.writer(),
                        postgres.password(),
                        postgres.user(),
                        postgres.password()));
    }

    private long postmaster() throws IOException {
        Path file = folder.resolve("postgres").resolve("cluster").resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).get(0).strip());
    }

    private static List<String> stored(EmbeddedPostgreSql postgres) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT event_id FROM dise_g1.tool_logs")) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private static Set<String> ids(List<SourceRecord> letters) {
        return letters.stream()
                .map(letter -> String.valueOf(letter.header(EnvelopeHeaders.ID)))
                .collect(Collectors.toSet());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
