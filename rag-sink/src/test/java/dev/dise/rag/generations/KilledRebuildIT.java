package dev.dise.rag.generations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.sink.ConsumerGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild that dies at each step goes on where it was, under the same number. */
class KilledRebuildIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PLACES = List.of(
            "qdrant.after_upsert=halt@2",
            "rebuild.before_verify=halt",
            "rebuild.before_switch=halt",
            "rebuild.after_switch=halt");

    @Test
    void whatWasKilledGoesOnAndIsSwitchedToOnce(@TempDir Path folder) throws Exception {
        try (GenerationsRig rig = new GenerationsRig(folder, "killed")) {
            rig.send(GenerationsRig.plans(0, 2_500, "text"));
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(rig.seen()).isEqualTo(2_500));
            for (int death = 0; death < PLACES.size(); death++) {
                try (ChildJvm rebuild = life(rig, folder, death, PLACES.get(death))) {
                    assertThat(rebuild.exitCode(PATIENCE)).as(rebuild.printed()).isEqualTo(ChildJvm.KILLED);
                }
                removeLock(rig);
                assertThat(rig.generations.list())
                        .extracting(GenerationInfo::number)
                        .containsExactly(1, 2);
                assertThat(rig.seen()).isEqualTo(2_500);
            }
            try (ChildJvm rebuild = life(rig, folder, PLACES.size(), "")) {
                assertThat(rebuild.exitCode(PATIENCE)).as(rebuild.printed()).isZero();
                assertThat(rebuild.printed()).contains("digest " + rig.generations.digest(1));
            }
            assertThat(rig.generations.list())
                    .extracting(GenerationInfo::state)
                    .containsExactly(GenerationState.FOLLOWING, GenerationState.LIVE);
            assertThat(rig.generations.digest(2)).isEqualTo(rig.generations.digest(1));
        }
    }

    private static ChildJvm life(GenerationsRig rig, Path folder, int number, String plan) throws IOException {
        Path config = Files.writeString(folder.resolve("config-" + number + ".yaml"), """
                        kafka: {bootstrap_servers: "%s", partitions: 2, replication_factor: 1}
                        rag: {embedding: {provider: hash}, qdrant: {host: 127.0.0.1, grpc_port: %d, collection: killed}}
                        """.formatted(
                        rig.kafka.config().bootstrapServers(), rig.qdrant.port()));
        return ChildJvm.start(
                RebuildMain.class,
                folder.resolve("life-" + number + ".log"),
                Map.of(Failpoints.PROPERTY, plan),
                config.toString());
    }

    /** Nobody has to wait until the broker misses the dead. */
    private static void removeLock(GenerationsRig rig) {
        try (ConsumerGroup group = new ConsumerGroup(rig.kafka.clients(), "dise-rebuild-killed")) {
            group.removeMembers();
        }
    }
}
