package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.runtime.ChildJvm;
import dev.dise.runtime.Failpoints;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A process that is frozen with a batch in its hands, loses its partitions to another, and wakes up: the batch is not
 * written twice, although the table would take it.
 */
class ZombieSinkIT extends SinkServiceRig {
    private static final String TABLES =
            "(SELECT 'dise_g1.tool_logs'::regclass UNION SELECT relid FROM pg_partition_tree('dise_g1.tool_logs'))";
    private static final String DROP_UNIQUE_INDEXES = """
            DO $$ DECLARE found record; BEGIN
              FOR found IN SELECT conrelid::regclass AS of, conname AS name FROM pg_constraint
                  WHERE contype IN ('p', 'u') AND conparentid = 0 AND conrelid IN %1$s
              LOOP EXECUTE format('ALTER TABLE %%s DROP CONSTRAINT %%I', found.of, found.name); END LOOP;
              FOR found IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indisunique AND indrelid IN %1$s
              LOOP EXECUTE format('DROP INDEX %%s', found.name); END LOOP;
            END $$
            """.formatted(TABLES);

    @BeforeEach
    void letTheTableTakeEventsTwice() throws Exception {
        try (RunningSink first = RunningSink.start(config(), group)) {
            traffic.send(100);
            awaitDrained();
            first.requireSameMembership();
        }
        postgres.execute(DROP_UNIQUE_INDEXES);
        assertThat(postgres.number("SELECT count(*) FROM pg_index WHERE indisunique AND indrelid IN " + TABLES))
                .isZero();
    }

    @AfterEach
    void stopTraffic() {
        traffic.stop();
    }

    @Test
    void aZombieThatHasNotBegunToWriteDoesNotBegin() throws Exception {
        try (ChildJvm zombie = frozenAt("sink.before_offsets")) {
            try (RunningSink heir = RunningSink.start(config(), group)) {
                awaitProgress();
                awake(zombie);
                assertThat(heir.ended()).isNotDone();
            }
        }
        checkLedger();
    }

    @Test
    void aZombieThatHasWrittenButNotCommittedCommitsNoMore() throws Exception {
        try (ChildJvm zombie = frozenAt("sink.before_commit")) {
            long[] sessions = postgres.sessions("state = 'idle in transaction'");
            try (RunningSink heir = RunningSink.start(config(), group)) {
                heir.awaitWaiting();
                // PostgreSQL does so by itself when a transaction has been idle for too long.
                postgres.endSessions(sessions);
                awaitProgress();
                awake(zombie);
                assertThat(heir.ended()).isNotDone();
            }
        }
        checkLedger();
    }

    /** A process that came to the place with a batch, and whose partitions are free again. */
    private static ChildJvm frozenAt(String place) throws Exception {
        Path log = folder.resolve(place + ".log");
        Map<String, String> plan = Map.of(Failpoints.PROPERTY, place + "=sleep(2000)@3");
        ChildJvm zombie = ChildJvm.start(Main.class, log, plan, configFile().toString());
        traffic.flow(300);
        await().atMost(PATIENCE).until(() -> zombie.printed().contains("failpoint reached"));
        zombie.freeze();
        assertThat(group.members()).hasSize(1);
        await().atMost(PATIENCE).until(() -> group.members().isEmpty());
        return zombie;
    }

    /** Returns when another worker has gone on in every partition. */
    private static void awaitProgress() {
        long end = kafka.end(Topic.BULK);
        await().atMost(PATIENCE).until(() -> postgres.recordsDone() >= end);
    }

    /** Wakes it up, and returns when it has found out and everything is written. */
    private static void awake(ChildJvm zombie) {
        zombie.thaw();
        await().atMost(PATIENCE).until(() -> group.members().size() == 2 || !zombie.isAlive());
        traffic.stop();
        awaitDrained();
    }
}
