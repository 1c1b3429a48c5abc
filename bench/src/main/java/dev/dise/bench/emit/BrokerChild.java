package dev.dise.bench.emit;

import dev.dise.bench.ChildJvm;
import dev.dise.bench.Waiting;
import dev.dise.embedded.EmbeddedKafka;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A broker in a JVM of its own, which can be frozen and killed. */
public final class BrokerChild implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 12;
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private final ChildJvm process;
    private final int port;

    private BrokerChild(ChildJvm process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and makes the topics.
     *
     * @param folder its data, of an earlier life or none
     * @param port where it listens, 0 for a free one
     */
    public static BrokerChild start(Path folder, int port) throws Exception {
        Files.createDirectories(folder);
        Path ready = folder.resolve("port");
        Files.deleteIfExists(ready);
        List<String> command = List.of(BrokerChild.class.getName(), folder.toString(), Integer.toString(port));
        ChildJvm process = ChildJvm.start("broker", folder, FLAGS, command);
        Waiting.until("the broker listens", PATIENCE, () -> {
            process.requireRunning();
            return Files.exists(ready);
        });
        BrokerChild broker = new BrokerChild(process, Integer.parseInt(Files.readString(ready)));
        TopicSetup.ensure(new KafkaConfig(broker.bootstrapServers(), Map.of(), PARTITIONS, 1));
        return broker;
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    void freeze() throws Exception {
        process.signal("STOP");
    }

    void thaw() throws Exception {
        process.signal("CONT");
    }

    @Override
    public void close() {
        process.close();
    }

    /** The child itself: a folder and a port. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), Integer.parseInt(args[1]))) {
            Path port = folder.resolve("port");
            Files.move(Files.writeString(folder.resolve("port.new"), Integer.toString(kafka.port())), port);
            new CountDownLatch(1).await();
        }
    }
}
