package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.Health;
import dev.dise.runtime.Health.State;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.sink.ConsumerGroup;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.ObjectName;

/** The sink's service with one worker, watched from outside. */
final class RunningSink implements AutoCloseable {
    private static final String NAME = "pg-sink";
    private static final String COORDINATOR =
            "kafka.consumer:type=consumer-coordinator-metrics,client-id=" + PgStack.GENERATION.group();

    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final PgSinkService service;
    private final ConsumerGroup group;
    private final Set<String> members;
    private final double rebalances;

    private RunningSink(DiseConfig config, ConsumerGroup group) {
        this.service = PgSinkService.start(config, health, metrics);
        this.group = group;
        awaitUp();
        await().atMost(SinkServiceRig.PATIENCE).until(() -> group.members().size() == 1);
        this.members = group.members();
        this.rebalances = rebalances();
    }

    /** Returns when it has joined its group. */
    static RunningSink start(DiseConfig config, ConsumerGroup group) {
        return new RunningSink(config, group);
    }

    void awaitUp() {
        await().atMost(SinkServiceRig.PATIENCE).until(() -> state() == State.UP);
    }

    void awaitWaiting() {
        await().atMost(SinkServiceRig.PATIENCE).until(() -> state() == State.WAITING);
    }

    /** Batches that could not be written when they were tried. */
    double timesUnavailable() {
        return metrics.registry().counter("dise.sink.unavailable", "sink", NAME).count();
    }

    CompletableFuture<Void> ended() {
        return service.ended();
    }

    State state() {
        return Objects.requireNonNull(health.parts().get(NAME)).state();
    }

    /** Fails if it has ended, or was not in its group all the time. */
    void requireSameMembership() {
        assertThat(service.ended()).isNotDone();
        assertThat(group.members()).isEqualTo(members);
        assertThat(rebalances()).as("rebalances").isEqualTo(rebalances);
    }

    @Override
    public void close() {
        service.close();
    }

    private static double rebalances() {
        try {
            return (double) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(COORDINATOR), "rebalance-total");
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
