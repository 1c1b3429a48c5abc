package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dise.pg.archive.ArchivedFile;
import dev.dise.pg.generations.PgGenerations;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.generations.GapException;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A topic that has lost something, and an archive that has: refused with the numbers and the names, and accepted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildRefusalsIT extends GenerationsRig {
    /** All of one partition, and the first that are in it. */
    private static final int OLD = 30;

    private static final int LOST = 20;
    private static final int DAYS_AGO = 40;
    private static final RebuildOptions GAP_ACCEPTED = new RebuildOptions(true, false, 1, false);
    private static final RebuildOptions FROM_ARCHIVE = new RebuildOptions(false, true, 1, false);

    private static int partition;

    @BeforeAll
    static void fillAndArchive() throws Exception {
        kafka.send(
                Topic.BULK,
                IntStream.range(0, OLD).mapToObj(i -> logOf(DAYS_AGO, i)).toList());
        partition = kafka.read(Topic.BULK).get(0).partition().number();
        traffic.send(500);
        try (RunningSink sink = RunningSink.start(config(30), group)) {
            awaitDrained();
            PgSinkService.maintenance(config(30).database()).pass();
            assertThat(sink.ended()).isNotDone();
        }
        assertThat(postgres.number("SELECT sum(rows) FROM dise_g1.archives")).isEqualTo(OLD);
    }

    @Test
    @Order(1)
    void aCompactedTopicIsRefused() throws Exception {
        try (PgGenerations generations = generations(config(30), "")) {
            setPolicy("compact");
            assertThatIllegalStateException()
                    .isThrownBy(() -> generations.rebuild(WITHOUT_SWITCH, (phase, done, total) -> {}))
                    .withMessageContaining("cleanup.policy=compact");
            setPolicy("delete");
            assertThat(generations.list()).hasSize(1);
        }
    }

    @Test
    @Order(2)
    void aLostBeginningIsRefusedWithItsNumbers() throws Exception {
        try (Admin admin = kafka.clients().admin();
                PgGenerations generations = generations(config(30), "")) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(Topic.BULK.topicName(), partition), RecordsToDelete.beforeOffset(LOST)))
                    .all()
                    .get();
            assertThatExceptionOfType(GapException.class)
                    .isThrownBy(() -> generations.rebuild(WITHOUT_SWITCH, (phase, done, total) -> {}))
                    .withMessageContaining("lost 20 records")
                    .withMessageContaining("partition " + partition + ": 20 (offsets 0 to 19)");
            assertThat(generations.list()).hasSize(1);
        }
    }

    @Test
    @Order(3)
    void anArchiveThatIsBrokenOrMissingIsRefusedByName() throws Exception {
        ArchivedFile archived =
                PgSinkService.maintenance(config(60).database()).files().get(0);
        Path file = archive().resolve("dise_g1").resolve(archived.file());
        byte[] good = Files.readAllBytes(file);
        try (PgGenerations generations = generations(config(60), "")) {
            Files.write(file, new byte[] {1, 2, 3});
            assertThatIllegalStateException()
                    .isThrownBy(() -> generations.rebuild(FROM_ARCHIVE, (phase, done, total) -> {}))
                    .withMessageContaining("1 of 1 archived files")
                    .withMessageContaining(archived.file());
            Files.delete(file);
            assertThatIllegalStateException()
                    .isThrownBy(() -> generations.rebuild(FROM_ARCHIVE, (phase, done, total) -> {}))
                    .withMessageContaining(archived.file() + " (");
        }
        Files.write(file, good);
    }

    @Test
    @Order(4)
    void whatTheTopicHasLostComesFromTheArchiveAndTheRestFromTheTopic() throws Exception {
        try (PgGenerations generations = generations(config(60), "");
                RunningSink sink = RunningSink.start(config(60), group)) {
            int number = generations
                    .rebuild(FROM_ARCHIVE, (phase, done, total) -> {})
                    .generation()
                    .number();
            assertThat(postgres.number("SELECT count(DISTINCT event_id) FROM dise_g" + number
                            + ".tool_logs WHERE message LIKE 'number %' AND event_time < now() - interval '39 days'"))
                    .isEqualTo(OLD);
            assertThat(postgres.number("SELECT count(*) FROM dise_g" + number
                            + ".tool_logs WHERE event_time < now() - interval '39 days'"))
                    .isEqualTo(OLD);
            generations.drop(number);
            assertThat(sink.ended()).isNotDone();
        }
    }

    @Test
    @Order(5)
    void anAcceptedGapLeavesOutWhatIsLostAndTheArchiveIsStillKnown() throws Exception {
        try (PgGenerations generations = generations(config(30), "");
                RunningSink sink = RunningSink.start(config(30), group)) {
            int number = generations
                    .rebuild(GAP_ACCEPTED, (phase, done, total) -> {})
                    .generation()
                    .number();
            generations.switchTo(number);
            generations.drop(1);
            var maintenance = PgSinkService.maintenance(config(30).database());
            ArchivedFile file = maintenance.files().get(0);
            assertThat(maintenance
                            .restore(file.table(), file.day(), Duration.ofDays(1), rows -> {})
                            .inserted())
                    .isEqualTo(OLD);
            assertThat(sink.ended()).isNotDone();
        }
    }

    private static void setPolicy(String policy) throws ExecutionException, InterruptedException {
        try (Admin admin = kafka.clients().admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Topic.BULK.topicName()),
                            List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static Path archive() {
        return folder.resolve("archive");
    }

    /** The rig's config with a retention of log lines. */
    private static DiseConfig config(int days) throws IOException {
        String text = Files.readString(configFile())
                .replace(
                        "max_batch: 50",
                        "max_batch: 50, tables: {tool_logs: {retention: " + days + "d}}, archive: {target: \""
                                + archive() + "\"}");
        return DiseConfig.load(Files.writeString(folder.resolve("keeping-" + days + ".yaml"), text), Map.of());
    }
}
