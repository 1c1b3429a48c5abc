package dev.dise.pg.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.dise.pg.PgStack;
import dev.dise.pg.archive.Upkeep.What;
import dev.dise.runtime.Health;
import dev.dise.runtime.config.Keeping;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class KeeperIT extends ArchiveRig {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Keeping FOR_EVER = Keeping.forEver();

    @Test
    void todayAndTheNextDaysHaveAPartition() {
        Upkeep upkeep = maintenance(FOR_EVER).pass();
        assertThat(upkeep.failures()).isEmpty();
        assertThat(leaves())
                .hasSize(16)
                .contains(
                        "tool_logs_20260310",
                        "tool_logs_20260313",
                        "tool_performance_20260311",
                        "conversations_20260312")
                .doesNotContain("tool_logs_20260309", "tool_logs_20260314");
        assertThat(maintenance(FOR_EVER).pass().deeds()).isEmpty();
    }

    @Test
    void aLateEventOfADayWithRowsInTheRestMoves() {
        insertLogs(TODAY.plusDays(1), 5);
        assertThat(count("tool_logs_rest")).isEqualTo(5);
        String before = digest("tool_logs");
        maintenance(FOR_EVER).pass();
        insertLogs(TODAY.plusDays(1), 5, 6);
        assertThat(count("tool_logs_rest")).isZero();
        assertThat(count("tool_logs_20260311")).isEqualTo(6);
        postgres.execute("DELETE FROM dise_g1.tool_logs WHERE source_offset = 5");
        assertThat(digest("tool_logs")).isEqualTo(before);
    }

    @Test
    void onlyClosedPartitionsHaveASearchIndex() {
        for (DailyTable table : DailyTable.values()) {
            addPartition(table.tableName(), TODAY.minusDays(1));
        }
        insertLogs(TODAY.minusDays(1), 100);
        Upkeep upkeep = maintenance(FOR_EVER).pass();
        assertThat(upkeep.failures()).isEmpty();
        assertThat(upkeep.deeds().stream().filter(deed -> deed.what() == What.INDEX_BUILT))
                .hasSize(8);
        assertThat(validIndexes())
                .contains(
                        "tool_logs_20260309_search",
                        "tool_logs_20260309_run",
                        "tool_debug_data_20260309_search",
                        "tool_performance_20260309_search",
                        "conversations_20260309_search")
                .hasSize(8);
        assertThat(maintenance(FOR_EVER).pass().deeds()).isEmpty();
    }

    @Test
    void aPartitionIsClosedTwoHoursAfterItsDay() {
        Instant midnight = TODAY.atStartOfDay().toInstant(ZoneOffset.UTC);
        addPartition("tool_logs", TODAY.minusDays(1));
        maintenance(FOR_EVER, midnight.plus(Duration.ofHours(2)).minusSeconds(1))
                .pass();
        assertThat(validIndexes()).isEmpty();
        maintenance(FOR_EVER, midnight.plus(Duration.ofHours(2))).pass();
        assertThat(validIndexes()).containsExactly("tool_logs_20260309_run", "tool_logs_20260309_search");
    }

    @Test
    void theSearchIndexOfAClosedPartitionIsUsed() {
        addPartition("tool_logs", TODAY.minusDays(1));
        insertLogs(TODAY.minusDays(1), 5_000);
        maintenance(FOR_EVER).pass();
        postgres.execute("ANALYZE dise_g1.tool_logs");
        assertThat(String.join(
                        "\n",
                        texts("EXPLAIN SELECT * FROM dise.tool_logs"
                                + " WHERE dise.words(message) @@ to_tsquery('simple', '4711')")))
                .contains("tool_logs_20260309_search");
    }

    @Test
    void anIndexThatAKilledBuildLeftIsBuiltAnew() {
        LocalDate yesterday = TODAY.minusDays(1);
        addPartition("tool_logs", yesterday);
        insertLogs(yesterday, 20);
        // Not unique, so the build fails and leaves an index that is not valid.
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> postgres.execute("CREATE UNIQUE INDEX CONCURRENTLY tool_logs_20260309_search"
                        + " ON dise_g1.tool_logs_20260309 (tool_id)"));
        assertThat(validIndexes()).isEmpty();
        assertThat(maintenance(FOR_EVER).pass().failures()).isEmpty();
        assertThat(texts("SELECT indexdef FROM pg_indexes WHERE indexname = 'tool_logs_20260309_search'"))
                .singleElement()
                .asString()
                .contains("USING gin", "words(message)");
        assertThat(validIndexes()).hasSize(2);
    }

    @Test
    void ofTwoKeepersOneWorks() throws SQLException {
        try (Session other = Session.open(postgres.reader(), "dise_g1")) {
            other.execute("SELECT pg_advisory_lock(hashtextextended('dise_g1 keeper', 0))");
            assertThat(maintenance(FOR_EVER).pass()).isEqualTo(Upkeep.byAnother());
            assertThat(leaves()).isEmpty();
            // By itself the server frees it some moments after the connection is gone.
            other.execute("SELECT pg_advisory_unlock_all()");
        }
        assertThat(maintenance(FOR_EVER).pass().ran()).isTrue();
    }

    @Test
    void aTableThatIsLockedIsTriedAgainNextTime() throws SQLException {
        try (Connection other = postgres.reader().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE dise_g1.tool_logs IN ACCESS EXCLUSIVE MODE");
            Upkeep upkeep = maintenance(FOR_EVER).pass();
            assertThat(upkeep.failures())
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.toString()).contains("partitions ahead of tool_logs", "lock timeout"));
            assertThat(leaves()).contains("conversations_20260310").doesNotContain("tool_logs_20260310");
            other.rollback();
        }
        assertThat(maintenance(FOR_EVER).pass().failures()).isEmpty();
        assertThat(leaves()).contains("tool_logs_20260310");
    }

    @Test
    void whoWritesCanNeitherDropNorLookAfterTheTables() throws SQLException {
        addPartition("tool_logs", TODAY.minusDays(1));
        for (String sql : List.of(
                "DROP TABLE dise_g1.tool_logs_20260309",
                "ALTER TABLE dise_g1.tool_logs DETACH PARTITION dise_g1.tool_logs_20260309",
                "DELETE FROM dise_g1.tool_logs",
                "INSERT INTO dise_g1.archives VALUES ('t', 'f', 1, now(), now(), 1, 's')")) {
            try (Connection writer = postgres.sinkConnections().getConnection();
                    Statement statement = writer.createStatement()) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute(sql))
                        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
        Upkeep upkeep = new Maintenance(
                        postgres.sinkConnections(), PgStack.GENERATION, FOR_EVER, Clock.fixed(NOW, ZoneOffset.UTC))
                .pass();
        assertThat(upkeep.failures())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure.why()).contains("must be owner"));
    }

    @Test
    void beginsAtOnceAndSaysHowItIs() {
        Health health = new Health();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Keeper keeper = Keeper.start(maintenance(FOR_EVER), health, meters)) {
            assertThat(keeper).isNotNull();
            await().atMost(PATIENCE).until(() -> health.parts().containsKey("pg-keeper"));
        }
        assertThat(leaves()).hasSize(16);
        assertThat(health.parts().get("pg-keeper"))
                .isEqualTo(new Health.Report(Health.State.UP, "the tables are looked after"));
        assertThat(meters.counter("dise.keeper.failures").count()).isZero();
    }

    @Test
    void aFailureIsCountedAndStopsNothing() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {1});
        Health health = new Health();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Maintenance maintenance = new Maintenance(nowhere, PgStack.GENERATION, FOR_EVER, Clock.systemUTC());
        try (Keeper keeper = Keeper.start(maintenance, health, meters)) {
            assertThat(keeper).isNotNull();
            await().atMost(PATIENCE).until(() -> health.parts().containsKey("pg-keeper"));
        }
        assertThat(health.isReady()).isTrue();
        assertThat(health.parts().get("pg-keeper"))
                .extracting("detail")
                .asString()
                .startsWith("will be tried again: all tables: cannot");
        assertThat(meters.counter("dise.keeper.failures").count()).isEqualTo(1);
    }

    private static List<String> validIndexes() {
        return texts("SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid"
                + " WHERE i.indisvalid AND c.relname ~ '_[0-9]{8}_(search|run)$' ORDER BY 1");
    }
}
