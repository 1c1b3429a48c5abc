package dev.dise.runtime.kafka;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics of the line before anything is sent, and waits until they can be used. Kafka's own creation on first
 * use stays off: it can lose the first batch (KAFKA-15591).
 */
public final class TopicSetup {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private TopicSetup() {}

    /**
     * Creates what is missing; several processes may do so at once. Topics that are there are left as they are.
     *
     * @throws IllegalStateException if Kafka cannot be reached within a minute, or refuses
     */
    public static void ensure(KafkaConfig config) {
        try (Admin admin = new KafkaClients(config).admin()) {
            create(admin, config);
            awaitLeaders(admin);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "cannot set up the topics at " + config.bootstrapServers() + ": " + rootMessage(e)
                            + "; is Kafka running there?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while setting up the topics", e);
        }
    }

    private static void create(Admin admin, KafkaConfig config)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> existing = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        List<NewTopic> missing = Arrays.stream(Topic.values())
                .filter(topic -> !existing.contains(topic.topicName()))
                .map(topic -> newTopic(topic, config))
                .toList();
        for (var created : admin.createTopics(missing).values().values()) {
            try {
                created.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                // Another process was quicker, which is as good.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static NewTopic newTopic(Topic topic, KafkaConfig config) {
        int partitions =
                topic.carriesEvents() ? config.partitions() : Math.min(config.partitions(), topic.defaultPartitions());
        return new NewTopic(topic.topicName(), partitions, (short) config.replicationFactor())
                .configs(topic.settings());
    }

    private static void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!allHaveLeaders(describe(admin, names))) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the topics have no leaders yet");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    private static Collection<TopicDescription> describe(Admin admin, List<String> names)
            throws InterruptedException, TimeoutException {
        try {
            return admin.describeTopics(names)
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values();
        } catch (ExecutionException e) {
            // Just created and not yet known to the broker that answered: the caller asks again.
            return List.of();
        }
    }

    private static boolean allHaveLeaders(Collection<TopicDescription> topics) {
        return !topics.isEmpty()
                && topics.stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.leader() != null
                                && !partition.leader().isEmpty());
    }

    private static String rootMessage(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
