package dev.dise.rag;

import dev.dise.runtime.config.RagSinkConfig;
import dev.dise.runtime.kafka.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.LoggerFactory;

/** The file with what is known of a topic of vectors: named by the topic's id, so that another topic is never taken for it. */
final class StateFile {
    private StateFile() {}

    /** The folder that the config names, or a new one of this process. */
    static Path folder(RagSinkConfig config) {
        if (!config.stateDir().isEmpty()) {
            return Path.of(config.stateDir());
        }
        return temporary();
    }

    /** A new one of this process, which ends with it. */
    static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("dise-rag-sink");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }

    /**
     * Its path; the topic is there already, the folder is there then.
     *
     * @throws IllegalStateException if Kafka does not tell the topic's id
     */
    static Path of(KafkaClients kafka, String name, Path folder) {
        try (Admin admin = kafka.admin()) {
            TopicDescription topic = Objects.requireNonNull(
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name));
            return Files.createDirectories(folder).resolve("vectors-" + topic.topicId() + ".mv");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell the id of " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for the id of " + name, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // The process ends, and the folder is one of the system's for temporary files.
            LoggerFactory.getLogger(StateFile.class).atDebug().setCause(e).log("temporary folder not removed");
        }
    }
}
