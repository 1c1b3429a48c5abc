package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.Health;
import dev.dise.runtime.sink.Backoff;
import dev.dise.runtime.sink.DeadLetters;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.SinkWorker;
import dev.dise.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A sink that dies at any step, again and again, while events come in: each is stored once or is a dead letter. More
 * deaths: {@code -Ddise.kills=1000}.
 */
class KilledSinkIT extends SinkServiceRig {
    private static final int KILLS = Integer.getInteger("dise.kills", 100);
    private static final int DEATHS_OF_PROCESSES = Math.max(10, KILLS / 10);
    private static final List<String> PLACES = List.of(
            "sink.before_offsets",
            "sink.after_offsets",
            "sink.after_insert",
            "dlq.before_ack",
            "dlq.after_ack",
            "sink.before_commit",
            "sink.after_commit",
            "sink.before_kafka_commit",
            "sink.after_kafka_commit");

    private final Random random = new Random(SEED);

    @AfterEach
    void stopTraffic() {
        traffic.stop();
    }

    @Test
    void aWorkerThatIsKilledAtAnyStepStoresEachEventOnce() {
        traffic.flow(500);
        for (int kill = 0; kill < KILLS; kill++) {
            FaultyConnections connections = new FaultyConnections(postgres.connections());
            KillAt killer = new KillAt(place(kill), 1 + random.nextInt(3), connections);
            try (DeadLetters letters = letters()) {
                assertThat(work(connections, killer, letters).ended())
                        .as("%s, seed %d", killer, SEED)
                        .failsWithin(PATIENCE)
                        .withThrowableThat()
                        .withCauseInstanceOf(KillAt.Killed.class);
            }
        }
        settle();
    }

    @Test
    void aProcessThatDiesAtAnyStepStoresEachEventOnce() throws Exception {
        traffic.flow(300);
        ChildJvm next = dying(0);
        for (int death = 1; death <= DEATHS_OF_PROCESSES; death++) {
            // The next one starts while this one lives, so that they share the partitions for a while.
            try (ChildJvm sink = next) {
                next = dying(death);
                assertThat(sink.exitCode(PATIENCE)).as(sink.printed()).isEqualTo(ChildJvm.KILLED);
                group.removeMembers();
            }
        }
        next.kill();
        group.removeMembers();
        settle();
    }

    private ChildJvm dying(int death) throws IOException {
        String plan = place(death) + "=halt@" + (1 + random.nextInt(3));
        return ChildJvm.start(
                Main.class,
                folder.resolve("sink-" + death + ".log"),
                Map.of(Failpoints.PROPERTY, plan),
                configFile().toString());
    }

    /** All places in turn, so that none is left out, from a place that differs from run to run. */
    private static String place(int kill) {
        return PLACES.get((int) Long.remainderUnsigned(SEED + kill, PLACES.size()));
    }

    private static void settle() {
        traffic.stop();
        try (DeadLetters letters = letters();
                SinkWorker<DecodedEvent> worker =
                        work(new FaultyConnections(postgres.connections()), Failpoints.none(), letters)) {
            awaitDrained();
            assertThat(worker.ended()).isNotDone();
        }
        checkLedger();
    }

    private static DeadLetters letters() {
        return new DeadLetters(
                "pg-sink", kafka.clients().producer("letters"), new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private static SinkWorker<DecodedEvent> work(
            FaultyConnections connections, Failpoints failpoints, DeadLetters letters) {
        PgSink sink = new PgSink(connections.dataSource(), failpoints);
        return SinkWorker.start(
                new SinkWorker.Parts<>(
                        "pg-sink",
                        Topic.BULK.topicName(),
                        EventDecoder.flat(),
                        sink,
                        letters,
                        sink,
                        new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), new Random(SEED)),
                        Clock.systemUTC(),
                        new Health(),
                        failpoints),
                kafka.clients().consumer(GROUP, 50));
    }
}
