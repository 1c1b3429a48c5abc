package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.dise.pg.generations.PgGenerations;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.generations.RebuildReport;
import dev.dise.runtime.sink.SourceRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The life of generations, one step after the other on the same topic. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildIT extends GenerationsRig {
    private static final List<String> PLACES = List.of(
            "rebuild.before_loading",
            "rebuild.while_loading",
            "rebuild.after_loading",
            "rebuild.while_indexing",
            "rebuild.before_verifying",
            "rebuild.before_follow",
            "rebuild.after_following",
            "rebuild.before_switch");

    @BeforeAll
    static void fill() throws Exception {
        sendOfEverything();
    }

    @Test
    @Order(1)
    void aRebuiltGenerationIsWhatTheLiveOneIsAndFollowsIt() throws Exception {
        try (PgGenerations generations = generations();
                RunningSink sink = RunningSink.start(config(), group)) {
            awaitDrained();
            RebuildReport report = generations.rebuild(WITHOUT_SWITCH, (phase, done, total) -> {});
            assertThat(report.generation().number()).isEqualTo(2);
            assertThat(report.generation().state()).isEqualTo(GenerationState.FOLLOWING);
            assertThat(report.records()).isEqualTo(kafka.end(dev.dise.schemas.Topic.BULK));
            assertThat(report.digest()).isEqualTo(generations.digest(1)).isEqualTo(generations.digest(2));
            requireSameRows();
            requireSameShape();
            sendOfEverything();
            awaitLevel(generations);
            assertThat(generations.digest(2)).isEqualTo(generations.digest(1)).isNotEqualTo(report.digest());
            requireSameRows();
            requireOneLetterOfEach();
            assertThat(sink.ended()).isNotDone();
        }
    }

    @Test
    @Order(2)
    void readersAreSwitchedAndBackAndWhatIsLiveCannotBeDropped() throws Exception {
        try (PgGenerations generations = generations();
                RunningSink sink = RunningSink.start(config(), group)) {
            assertThat(generations.switchTo(2)).isLessThan(Duration.ofSeconds(1));
            assertThat(live(generations)).isEqualTo(2);
            assertThat(postgres.number("SELECT count(*) FROM pg_views WHERE schemaname = 'dise'"
                            + " AND definition LIKE '%dise\\_g1.%'"))
                    .isZero();
            traffic.send(500);
            awaitLevel(generations);
            generations.rollback();
            assertThat(live(generations)).isEqualTo(1);
            assertThat(generations.digest(2)).isEqualTo(generations.digest(1));
            assertThatIllegalStateException()
                    .isThrownBy(() -> generations.drop(1))
                    .withMessageContaining("is live");
            generations.drop(2);
            assertThat(generations.list()).extracting(one -> one.number()).containsExactly(1);
            assertThat(postgres.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'dise_g2'"))
                    .isZero();
            assertThatIllegalStateException().isThrownBy(generations::rollback).withMessageContaining("was dropped");
            assertThat(sink.ended()).isNotDone();
        }
    }

    @Test
    @Order(3)
    void whateverIsKilledGoesOnAndOneNumberIsNeverUsedTwice() throws Exception {
        try (PgGenerations generations = generations();
                RunningSink sink = RunningSink.start(config(), group)) {
            awaitLevel(generations);
            for (String place : PLACES) {
                try (PgGenerations killed = generations(config(), place + "=throw@1")) {
                    assertThatExceptionOfType(RuntimeException.class)
                            .as(place)
                            .isThrownBy(() -> killed.rebuild(WITH_SWITCH, (phase, done, total) -> {}))
                            .withStackTraceContaining(place);
                }
                assertThat(live(generations)).as(place).isEqualTo(1);
            }
            RebuildReport report = generations.rebuild(WITH_SWITCH, (phase, done, total) -> {});
            assertThat(report.generation().number()).isEqualTo(3);
            assertThat(live(generations)).isEqualTo(3);
            awaitLevel(generations);
            assertThat(generations.digest(3)).isEqualTo(generations.digest(1));
            requireSameShape();
            assertThat(sink.ended()).isNotDone();
        }
    }

    @Test
    @Order(4)
    void aGenerationThatDiffersIsNamedByItsTablesAndShownToNobody() throws Exception {
        try (PgGenerations generations = generations();
                RunningSink sink = RunningSink.start(config(), group)) {
            awaitLevel(generations);
            postgres.execute("DELETE FROM dise_g3.tool_ancestry");
            assertThatIllegalStateException()
                    .isThrownBy(() -> generations.rebuild(WITH_SWITCH, (phase, done, total) -> {}))
                    .withMessageContaining("tool_ancestry: 1 rows against 0");
            assertThat(live(generations)).isEqualTo(3);
            assertThat(info(generations, 4).state()).isEqualTo(GenerationState.BUILDING);
            generations.drop(4);
            assertThat(sink.ended()).isNotDone();
        }
    }

    private static void requireOneLetterOfEach() {
        List<String> letters =
                kafka.deadLetters().stream().map(RebuildIT::place).toList();
        Set<String> once = new HashSet<>(letters);
        assertThat(letters).hasSameSizeAs(once).isNotEmpty();
    }

    private static String place(SourceRecord letter) {
        return letter.header("dlq.partition") + "@" + letter.header("dlq.offset");
    }

    /** Not by the digest, which is what is tested. */
    private static void requireSameRows() {
        for (String table :
                List.of("tool_logs", "tool_performance", "tool_bugs", "artifacts", "performance_artifacts")) {
            String columns = postgres.query(
                            "SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns"
                                    + " WHERE table_schema = 'dise_g1' AND table_name = '" + table
                                    + "' AND column_name NOT IN ('id', 'ingested_at')")
                    .get(0)
                    .get("names");
            String rows = "SELECT " + columns + " FROM dise_g%d." + table;
            for (int[] pair : new int[][] {{1, 2}, {2, 1}}) {
                assertThat(postgres.query(rows.formatted(pair[0]) + " EXCEPT ALL " + rows.formatted(pair[1])))
                        .as(table)
                        .isEmpty();
            }
        }
    }

    private static void requireSameShape() throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (Generation generation : new Generation[] {new Generation(2), new Generation(3)}) {
                if (postgres.number("SELECT count(*) FROM pg_namespace WHERE nspname = '" + generation.schema() + "'")
                        > 0) {
                    Migrations.validate(postgres.others(), generation);
                }
            }
        });
    }
}
