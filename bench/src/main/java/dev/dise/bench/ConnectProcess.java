package dev.dise.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Kafka Connect, standalone, with one connector, in a JVM of its own on this one's class path. */
final class ConnectProcess implements AutoCloseable {
    private static final String MAIN = "org.apache.kafka.connect.cli.ConnectStandalone";
    private static final int SECONDS_TO_STOP = 10;

    private final Process process;
    private final Path log;

    private ConnectProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ConnectProcess start(Path folder, Map<String, String> worker, Map<String, String> connector)
            throws IOException {
        Path log = folder.resolve("connect.log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN,
                        write(folder.resolve("worker.properties"), worker),
                        write(folder.resolve("connector.properties"), connector)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ConnectProcess(process, log);
    }

    /** Throws if it has ended. */
    void requireRunning() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Kafka Connect ended: " + Files.readString(log));
        }
    }

    /** Stops it, and returns once it is down. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
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
