package dev.dise.rag.generations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.dise.embedding.ModelCard;
import dev.dise.rag.FakeProvider;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.config.Secret;
import dev.dise.runtime.generations.GapException;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The embedding model is changed while events come, and changed back. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewModelIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final WorkProgress SILENT = (phase, done, total) -> {};
    private static final ModelCard SMALLER =
            ModelCard.of(new Embedding(RagConfig.Provider.HASH, "", "", 128, new Secret(""), Duration.ofSeconds(5)));
    private static final int ARTIFACTS = 200;

    private static GenerationsRig rig;

    @BeforeAll
    static void start(@TempDir Path folder) {
        rig = new GenerationsRig(folder, "models");
        rig.send(GenerationsRig.plans(0, ARTIFACTS, "first"));
        rig.send(List.of(GenerationsRig.deletion(3)));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(rig.seen()).isEqualTo(ARTIFACTS - 1));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    @Order(1)
    void theCostIsToldBefore() {
        Cost cost = rig.generations.cost(SMALLER, 0.02, SILENT);
        assertThat(cost.events()).isEqualTo(ARTIFACTS);
        assertThat(cost.distinct()).isEqualTo(ARTIFACTS);
        assertThat(cost.tokens()).isGreaterThan(5 * ARTIFACTS);
        assertThat(cost.areTokensExact()).isFalse();
        assertThat(cost.textsPerSecond()).isPositive();
        assertThat(cost.price()).isEqualTo(cost.tokens() * 0.02 / 1e6);
        assertThat(rig.generations.list()).hasSize(1);
    }

    @Test
    @Order(2)
    void anotherModelTakesOverUnderTrafficAndTheFormerFollows() {
        AtomicInteger next = new AtomicInteger(ARTIFACTS);
        List<Overlap> overlaps = new ArrayList<>();
        RebuildReport report;
        try (ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor()) {
            var unused = traffic.scheduleWithFixedDelay(
                    () -> {
                        int from = next.getAndAdd(2);
                        rig.send(GenerationsRig.plans(from, from + 2, "traffic"));
                    },
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            report = rig.generations.rebuild(
                    new NewModel(SMALLER, List.of(), 0.1, overlaps::add), RebuildOptions.USUAL, SILENT);
            traffic.shutdown();
        }
        assertThat(report.generation().detail()).contains("hash:hash-128", "dise.vectors-g2");
        assertThat(overlaps).hasSize(1);
        assertThat(overlaps.getFirst().at10()).isBetween(0.1, 1.0);
        assertThat(overlaps.getFirst().queries()).isGreaterThan(10);
        assertThat(rig.live()).isEqualTo(2);
        awaitArtifacts(next.get() - 1);
        assertThat(rig.generations.digest(1)).isEqualTo(rig.generations.digest(2));
        assertThat(rig.embedded()).isBetween((double) ARTIFACTS, next.get() + 64.0);
        assertThat(rig.generations.topics()).containsExactly("dise.vectors", "dise.vectors-g2");
        assertThat(rig.generations.liveModel()).isEqualTo(SMALLER);
        rig.generations.rollback();
        assertThat(rig.live()).isEqualTo(1);
        assertThat(rig.seen()).isEqualTo(next.get() - 1);
    }

    @Test
    @Order(3)
    void aModelThatFindsOthersIsNotSwitchedToAndItsTopicGoesWithIt() throws Exception {
        try (FakeProvider provider = FakeProvider.start()) {
            NewModel fake = new NewModel(
                    ModelCard.of(provider.config()), List.of("plan number 7", "first of 9"), 0.9, overlap -> {});
            assertThatIllegalStateException()
                    .isThrownBy(() -> rig.generations.rebuild(fake, RebuildOptions.USUAL, SILENT))
                    .withMessageContaining("on 2 queries both models agree on");
            assertThat(rig.live()).isEqualTo(1);
            assertThat(rig.generations.list())
                    .extracting(GenerationInfo::state)
                    .containsExactly(GenerationState.LIVE, GenerationState.FOLLOWING, GenerationState.FOLLOWING);
            List<String> asked = provider.calls().stream()
                    .flatMap(List::stream)
                    .filter(text -> !text.equals("plan number 7") && !text.equals("first of 9"))
                    .toList();
            assertThat(asked).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(ARTIFACTS);
            rig.generations.drop(3);
        }
        try (Admin admin = rig.kafka.clients().admin()) {
            assertThat(admin.listTopics().names().get())
                    .contains("dise.vectors", "dise.vectors-g2")
                    .doesNotContain("dise.vectors-g3");
        }
        assertThat(rig.sink.ended()).isNotDone();
    }

    @Test
    @Order(4)
    void anEventThatIsGoneIsAGapWithItsNumbers() throws Exception {
        try (Admin admin = rig.kafka.clients().admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(Topic.RAG.topicName(), 1), RecordsToDelete.beforeOffset(5)))
                    .all()
                    .get();
        }
        ModelCard tiny =
                ModelCard.of(new Embedding(RagConfig.Provider.HASH, "", "", 16, new Secret(""), Duration.ofSeconds(5)));
        assertThatExceptionOfType(GapException.class)
                .isThrownBy(() -> rig.generations.rebuild(NewModel.of(tiny), RebuildOptions.USUAL, SILENT))
                .withMessageContaining("partition 0 begins at offset 0")
                .withMessageContaining("partition 1 begins at offset 5, up to 5 records are gone");
        assertThat(rig.generations.list()).hasSize(2);
    }

    private static void awaitArtifacts(long count) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(rig.seen("models-g1")).isEqualTo(count);
            assertThat(rig.seen("models-g2")).isEqualTo(count);
        });
    }
}
