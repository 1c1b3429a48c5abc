package dev.dise.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Kafka Connect, standalone, with one connector. */
final class ConnectProcess {
    private static final String MAIN = "org.apache.kafka.connect.cli.ConnectStandalone";

    private ConnectProcess() {}

    static ChildJvm start(Path folder, Map<String, String> worker, Map<String, String> connector) throws IOException {
        List<String> command = List.of(
                MAIN,
                write(folder.resolve("worker.properties"), worker),
                write(folder.resolve("connector.properties"), connector));
        return ChildJvm.start("connect", folder, List.of("-Xmx1g"), command);
    }

    private static String write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file.toString();
    }
}
