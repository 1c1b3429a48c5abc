package dev.dise.rag.generations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.generations.GapException;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.schemas.Topic;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A store's life: rebuilt beside itself, switched, rolled back, dropped, while events come and readers read. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QdrantRebuildIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int ARTIFACTS = 300;

    private static GenerationsRig rig;

    @BeforeAll
    static void start(@TempDir Path folder) {
        rig = new GenerationsRig(folder, "life");
        rig.send(GenerationsRig.plans(0, ARTIFACTS, "first"));
        rig.send(GenerationsRig.plans(0, 40, "second"));
        rig.send(List.of(GenerationsRig.deletion(3), GenerationsRig.deletion(4)));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(rig.seen()).isEqualTo(ARTIFACTS - 2));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    @Order(1)
    void aRebuildUnderTrafficIsWhatTheLiveOneIsAndReadersNeverSeeLess() throws Exception {
        AtomicInteger next = new AtomicInteger(ARTIFACTS);
        RebuildReport report;
        try (ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
                PollingReader reader = PollingReader.of(rig::seen)) {
            var unused = traffic.scheduleWithFixedDelay(
                    () -> {
                        int from = next.getAndAdd(5);
                        rig.send(GenerationsRig.plans(from, from + 5, "traffic"));
                        rig.send(GenerationsRig.plans(50, 60, "at " + from));
                    },
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            report = rig.generations.rebuild(RebuildOptions.USUAL, (phase, done, total) -> {});
            traffic.shutdown();
            assertThat(traffic.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.seen()).isEqualTo(next.get() - 2));
            assertThat(reader.asked()).isGreaterThan(10);
        }
        assertThat(report.generation().number()).isEqualTo(2);
        assertThat(report.generation().state()).isEqualTo(GenerationState.LIVE);
        assertThat(report.records()).isGreaterThanOrEqualTo(ARTIFACTS);
        assertThat(report.switched()).isPositive().isLessThan(Duration.ofSeconds(1));
        assertThat(rig.embedded()).isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rig.generations.list())
                        .extracting(GenerationInfo::behind)
                        .containsExactly(0L, 0L));
        assertThat(rig.generations.digest(1)).isEqualTo(rig.generations.digest(2));
        assertThat(points("life-g1")).isEqualTo(points("life-g2"));
    }

    @Test
    @Order(2)
    void rollingBackTwiceIsWhereItWasAndNothingIsLost() {
        assertThat(rig.live()).isEqualTo(2);
        rig.generations.rollback();
        assertThat(rig.live()).isEqualTo(1);
        rig.send(GenerationsRig.plans(10_000, 10_010, "rolled back"));
        rig.generations.rollback();
        assertThat(rig.live()).isEqualTo(2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rig.generations.digest(2)).isEqualTo(rig.generations.digest(1)));
        assertThat(rig.generations.switchTo(2)).isZero();
    }

    @Test
    @Order(3)
    void whatIsLiveIsNotDroppedAndAnotherIsWithItsGroupWhileTheSinkGoesOn() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(() -> rig.generations.drop(2))
                .withMessageContaining("switch to another before it is dropped");
        assertThatIllegalStateException()
                .isThrownBy(() -> rig.generations.drop(7))
                .withMessageContaining("there are [1, 2]");
        long before = rig.seen();
        rig.generations.drop(1);
        assertThat(rig.generations.list()).extracting(GenerationInfo::number).containsExactly(2);
        try (Admin admin = rig.kafka.clients().admin()) {
            Set<String> groups = new HashSet<>();
            admin.listGroups().all().get().forEach(group -> groups.add(group.groupId()));
            assertThat(groups).contains("rag-sink-g2", "rag-sink-embed-g1").doesNotContain("rag-sink-g1");
        }
        rig.send(GenerationsRig.plans(20_000, 20_010, "after the drop"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.seen()).isEqualTo(before + 10));
        assertThat(rig.sink.ended()).isNotDone();
        assertThatIllegalStateException()
                .isThrownBy(rig.generations::rollback)
                .withMessageContaining("there is no generation 1");
    }

    @Test
    @Order(4)
    void aPointThatIsGoneFromTheLiveOneIsNamedAndReadersAreNotSwitched() throws Exception {
        UUID point =
                UUID.fromString(rig.qdrant.points("life").getFirst().getId().getUuid());
        rig.qdrant
                .client()
                .deleteAsync("life-g2", List.of(PointIdFactory.id(point)))
                .get();
        assertThatIllegalStateException()
                .isThrownBy(() -> rig.generations.rebuild(RebuildOptions.USUAL, (phase, done, total) -> {}))
                .withMessageContaining("0 points are missing, 1 are too many, 0 differ")
                .withMessageContaining(point.toString());
        assertThat(rig.live()).isEqualTo(2);
        assertThat(rig.generations.list())
                .extracting(GenerationInfo::state)
                .containsExactly(GenerationState.LIVE, GenerationState.BUILDING);
        assertThatIllegalStateException()
                .isThrownBy(() -> rig.generations.switchTo(3))
                .withMessageContaining("is not complete yet");
        rig.generations.drop(3);
    }

    @Test
    @Order(5)
    void aTopicThatIsNotCompactedAloneIsRefusedWithItsNumbers() throws Exception {
        policy("compact,delete");
        assertThatExceptionOfType(GapException.class)
                .isThrownBy(() -> rig.generations.rebuild(RebuildOptions.USUAL, (phase, done, total) -> {}))
                .withMessageContaining("cleanup.policy of dise.vectors is compact,delete")
                .withMessageContaining("partition 1 begins at offset 0");
        policy("compact");
        assertThat(rig.generations.list()).extracting(GenerationInfo::number).containsExactly(2);
    }

    @Test
    @Order(6)
    void ofTwoAtOnceOneIsRefused() {
        try (RebuildLock lock = RebuildLock.take(rig.kafka.config(), "life", 20)) {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            RebuildLock.take(rig.kafka.config(), "life", 3).close())
                    .withMessageContaining("another process");
            lock.requireHeld();
        }
        RebuildLock.take(rig.kafka.config(), "life", 20).close();
    }

    private static void policy(String policy) throws Exception {
        try (Admin admin = rig.kafka.clients().admin()) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.VECTORS.topicName());
            admin.incrementalAlterConfigs(Map.of(
                            topic,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static Set<RetrievedPoint> points(String collection) {
        return new HashSet<>(rig.qdrant.everything(collection));
    }
}
