package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.pg.generations.PgGenerations;
import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.sink.ConsumerGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise of a rebuild: while events come in, with the rebuild killed twice and the sink once, the new generation is what
 * the old one is, readers are switched there, back and there again, and a reader who asks throughout never fails and never
 * sees less than before.
 */
class RebuildUnderTrafficIT extends GenerationsRig {
    private static final Logger log = LoggerFactory.getLogger(RebuildUnderTrafficIT.class);

    @Test
    void nothingIsLostAndNobodySeesLess() throws Exception {
        traffic.send(12_000);
        traffic.flow(300);
        ChildJvm sink = sink(1);
        try (PgGenerations generations = generations(DiseConfig.load(largeBatches(), Map.of()), "");
                PollingReader reader = PollingReader.start(postgres.asReader())) {
            await().atMost(PATIENCE).until(() -> postgres.recordsDone() > 4_000);
            killAt("rebuild.while_loading", 1);
            killAt("rebuild.before_verifying", 2);
            try (ChildJvm rebuild = rebuild("", 3)) {
                sink.kill();
                group.removeMembers();
                sink = sink(2);
                assertThat(rebuild.exitCode(Duration.ofMinutes(2)))
                        .as(rebuild.printed())
                        .isZero();
            }
            assertThat(live(generations)).isEqualTo(2);
            Duration back = generations.rollback();
            assertThat(live(generations)).isEqualTo(1);
            Duration again = generations.switchTo(2);
            traffic.stop();
            awaitLevel(generations);
            assertThat(generations.digest(2)).isEqualTo(generations.digest(1));
            log.atInfo()
                    .addKeyValue("backMillis", back.toMillis())
                    .addKeyValue("againMillis", again.toMillis())
                    .addKeyValue("slowestAnswerMillis", reader.slowest().toMillis())
                    .addKeyValue("answers", reader.questions())
                    .log("readers were switched");
            assertThat(reader.questions()).isPositive();
        } finally {
            sink.close();
        }
        checkLedger();
        dropOld();
    }

    /** The one that readers no longer see, while its sink runs. */
    private static void dropOld() throws IOException {
        try (ChildJvm sink = sink(3);
                PgGenerations generations = generations();
                ConsumerGroup follower = new ConsumerGroup(kafka.clients(), GROUP)) {
            follower.removeMembers();
            await().atMost(PATIENCE).until(() -> !follower.members().isEmpty());
            generations.drop(1);
            assertThat(generations.list()).extracting(one -> one.number()).containsExactly(2);
            assertThat(sink.isAlive()).isTrue();
        }
    }

    private static void killAt(String place, int life) throws IOException {
        try (ChildJvm rebuild = rebuild(place + "=park", life)) {
            await().atMost(PATIENCE)
                    .until(() -> !rebuild.isAlive() || rebuild.printed().contains("failpoint reached"));
            assertThat(rebuild.isAlive()).as(rebuild.printed()).isTrue();
            rebuild.kill();
        }
    }

    private static ChildJvm rebuild(String plan, int life) throws IOException {
        return ChildJvm.start(
                RebuildProcess.class,
                folder.resolve("rebuild-" + life + ".log"),
                Map.of(Failpoints.PROPERTY, plan),
                largeBatches().toString());
    }

    /** As large as usual, so that two generations keep up on a busy machine. */
    private static Path largeBatches() throws IOException {
        String text = Files.readString(configFile())
                .replace("max_batch: 50", "max_batch: 2000")
                .replace("statement_timeout: 1s", "statement_timeout: 10s");
        return Files.writeString(folder.resolve("large.yaml"), text);
    }

    private static ChildJvm sink(int life) throws IOException {
        return ChildJvm.start(
                Main.class,
                folder.resolve("sink-" + life + ".log"),
                Map.of(),
                largeBatches().toString());
    }
}
