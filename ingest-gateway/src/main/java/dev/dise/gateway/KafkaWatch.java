package dev.dise.gateway;

import dev.dise.runtime.Health;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics once Kafka is there, then looks now and then whether it still is, and reports it as health. */
final class KafkaWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);
    private static final String PART = "gateway-kafka";
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final KafkaConfig config;
    private final Health health;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("gateway-kafka-watch").unstarted(task));
    private @Nullable Admin admin;
    private boolean isUp;

    private KafkaWatch(KafkaConfig config, Health health) {
        this.config = config;
        this.health = health;
    }

    static KafkaWatch start(KafkaConfig config, Health health) {
        KafkaWatch watch = new KafkaWatch(config, health);
        health.report(PART, Health.State.STARTING, "has not found Kafka yet");
        Future<?> unused =
                watch.thread.scheduleWithFixedDelay(watch::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && admin != null) {
                admin.close(Duration.ZERO);
            }
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry; the clients' threads are daemons.
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (admin == null) {
                TopicSetup.ensure(config);
                admin = new KafkaClients(config).admin();
            }
            admin.describeTopics(List.of(Topic.EVENTS.topicName()))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            report(true, "Kafka answers");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Whatever it is, the next look may find it cured; until then the gateway is not ready.
            report(false, "Kafka does not answer");
            log.atDebug().setCause(e).log("kafka does not answer");
        }
    }

    private void report(boolean up, String detail) {
        health.report(PART, up ? Health.State.UP : Health.State.WAITING, detail);
        if (up != isUp) {
            log.atInfo().addKeyValue("isUp", up).log("kafka came or went");
            isUp = up;
        }
    }
}
