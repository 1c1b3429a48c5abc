package dev.dise.ingest;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.embedded.FreePort;
import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.TopicReader;
import dev.dise.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker in a process of its own, so that it can be frozen and killed and comes back with its data. */
final class BrokerProcess implements AutoCloseable {
    private static final int PARTITIONS = 3;

    private final Path folder;
    private final int port = FreePort.find();
    private final KafkaConfig config = new KafkaConfig("127.0.0.1:" + port, Map.of(), PARTITIONS, 1);
    private ChildJvm process;

    /** What runs in it, until it is killed or whoever started it is gone. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws IOException {
            EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            while (System.in.read() >= 0) {
                // Nobody writes; the end of it is what counts.
            }
            Runtime.getRuntime().halt(0);
        }
    }

    private BrokerProcess(Path folder) {
        this.folder = folder;
        this.process = startProcess();
    }

    /** Starts it, and returns once its topics are there. */
    static BrokerProcess start(Path folder) {
        BrokerProcess broker = new BrokerProcess(folder);
        TopicSetup.ensure(broker.config);
        return broker;
    }

    String bootstrapServers() {
        return config.bootstrapServers();
    }

    void freeze() {
        process.freeze();
    }

    void thaw() {
        process.thaw();
    }

    void kill() {
        process.kill();
    }

    /** On the same port, with the same data. */
    void startAgain() {
        process = startProcess();
        TopicSetup.ensure(config);
    }

    /** Every event that it has, in order per partition. */
    List<SourceRecord> events() {
        return new TopicReader(new KafkaClients(config)).read(Topic.EVENTS);
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildJvm startProcess() {
        return ChildJvm.start(
                Main.class,
                folder.resolve("broker.log"),
                Map.of(),
                folder.resolve("kafka").toString(),
                Integer.toString(port));
    }
}
