package dev.dise.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker with its KRaft controller in this process, listening on the loopback interface only.
 *
 * <p>Topics, records and group offsets survive {@link #close} and a new start in the same directory, on the same port or
 * another. Records reach the disk when the operating system writes them or on {@link #close}, as with any Kafka broker;
 * so a killed process loses nothing and a power cut may lose the last seconds. Topics are never created by themselves.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(DirectoryLock lock, KafkaRaftServer server, int port) {
        this.lock = lock;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker and returns once it accepts clients; formats the directory on first use.
     *
     * @param port where clients connect, 0 for a free one
     * @throws IllegalStateException if the port or the directory is in use
     */
    public static EmbeddedKafka start(Path dataDir, int port) {
        int clientPort = FreePort.orFree(port);
        return start(dataDir, clientPort, clientPort);
    }

    /**
     * Like {@link #start(Path, int)}, behind a proxy.
     *
     * @param advertisedPort where clients are told to connect once they have connected anywhere
     */
    public static EmbeddedKafka start(Path dataDir, int port, int advertisedPort) {
        int clientPort = FreePort.orFree(port);
        FreePort.requireFree(clientPort, "Kafka");
        DirectoryLock lock = DirectoryLock.take(dataDir, "Kafka");
        try {
            Path logs = dataDir.resolve("logs");
            format(logs);
            return new EmbeddedKafka(lock, startServer(logs, clientPort, advertisedPort), clientPort);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return KafkaSettings.HOST + ":" + port;
    }

    /** The port clients connect to. */
    public int port() {
        return port;
    }

    /** Flushes the logs, stops the broker and returns once it is down. May be called twice. */
    @Override
    public void close() {
        stop(server);
        lock.close();
    }

    private static KafkaRaftServer startServer(Path logs, int clientPort, int advertisedPort) {
        int controllerPort = FreePort.findBeside(clientPort);
        KafkaConfig config = new KafkaConfig(KafkaSettings.of(logs, clientPort, advertisedPort, controllerPort), false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            stop(server);
            throw e;
        }
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path logs) {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silence)
                    .setNodeId(KafkaSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(KafkaSettings.CONTROLLER)
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + logs + " for Kafka", e);
        }
    }
}
