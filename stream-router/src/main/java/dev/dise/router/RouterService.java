package dev.dise.router;

import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.Service;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.RouterConfig.Guarantee;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Topic;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** The router: runs the topology until closed; a bug stops it loudly, and its health says so. */
public final class RouterService implements Service {
    private static final String NAME = "router";
    /** Leaves its group: one that only falls silent keeps its partitions from the next router for 45 seconds. */
    private static final CloseOptions LEAVE = CloseOptions.groupMembershipOperation(
                    GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(Duration.ofSeconds(5));

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics meters;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private RouterService(KafkaStreams streams, KafkaStreamsMetrics meters) {
        this.streams = streams;
        this.meters = meters;
    }

    /**
     * Starts routing; the topics are there already.
     *
     * @param stateDir folder for what Kafka Streams keeps of itself; two routers on one machine need two
     */
    public static RouterService start(DiseConfig config, Path stateDir, Health health, Metrics metrics) {
        KafkaStreams streams = new KafkaStreams(
                RouterTopology.build(config.database().storage(), metrics.registry()), settings(config, stateDir));
        KafkaStreamsMetrics meters = new KafkaStreamsMetrics(streams);
        meters.bindTo(metrics.registry());
        RouterService service = new RouterService(streams, meters);
        health.report(NAME, State.STARTING, "joining its group");
        streams.setStateListener((now, before) -> service.report(now, health));
        streams.setUncaughtExceptionHandler(failure -> service.fail(failure, health));
        streams.start();
        return service;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        streams.close(LEAVE);
        meters.close();
        ended.complete(null);
    }

    /** What ended the router is not overwritten by the states that it goes through then. */
    private void report(KafkaStreams.State state, Health health) {
        if (!ended.isCompletedExceptionally()) {
            health.report(NAME, stateOf(state), state.name());
        }
    }

    private StreamThreadExceptionResponse fail(Throwable failure, Health health) {
        ended.completeExceptionally(failure);
        health.report(NAME, State.FAILED, "stopped by " + failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static State stateOf(KafkaStreams.State state) {
        return switch (state) {
            case RUNNING -> State.UP;
            case ERROR, PENDING_ERROR -> State.FAILED;
            case CREATED, REBALANCING, PENDING_SHUTDOWN, NOT_RUNNING -> State.STARTING;
        };
    }

    private static Properties settings(DiseConfig config, Path stateDir) {
        Properties settings = new Properties();
        settings.putAll(new KafkaClients(config.kafka()).common());
        boolean exactlyOnce = config.router().processingGuarantee() == Guarantee.EXACTLY_ONCE_V2;
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "dise-router");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        // An outage of Kafka costs time, however long; by default it would end the router after minutes.
        settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, Long.MAX_VALUE);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), Integer.MAX_VALUE);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                Topic.DEAD_LETTERS.maxMessageBytes());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 10);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        return settings;
    }
}
