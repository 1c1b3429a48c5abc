package dev.dise.pg;

import static dev.dise.runtime.compare.Finding.Kind.DIFFERENT;
import static dev.dise.runtime.compare.Finding.Kind.EXTRA;
import static dev.dise.runtime.compare.Finding.Kind.MISSING;
import static dev.dise.runtime.compare.Finding.Kind.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.pg.compare.TableCheck;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.compare.Finding;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.GeneratedTool;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.Performance;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The tables are compared with their topic, and mended, on a real broker and a real PostgreSQL. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TableCheckIT extends SinkServiceRig {
    @SuppressWarnings("TimeInStaticInitializer") // the days of the events are those of this run
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static final String LEFT = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dise_check%'";

    private RunningSink sink;
    private int seconds;

    @BeforeEach
    void startTheSink() throws IOException {
        sink = RunningSink.start(config(), group);
    }

    @AfterEach
    void stopTheSink() {
        traffic.stop();
        sink.close();
        assertThat(postgres.query(LEFT)).isEmpty();
    }

    @Test
    @Order(1)
    void everyKindOfFindingIsNamedAndMended() throws Exception {
        traffic.send(400);
        sendHistory();
        awaitDrained();
        List<?> before = contents();
        assertThat(check(CompareOptions.everything()).counts()).isEmpty();

        damage();
        Comparison found = check(CompareOptions.everything());
        assertThat(found.findings().stream().map(TableCheckIT::shown))
                .containsExactlyInAnyOrder(
                        "missing tool_logs []",
                        "different tool_logs [message]",
                        "extra tool_logs []",
                        "missing tool_performance []",
                        "missing tool_bugs []",
                        "stale generated_tools [tool_name, event_id, event_time, source_offset, occurrences]");
        assertThat(found.counts()).isEqualTo(Map.of(MISSING, 3L, DIFFERENT, 1L, EXTRA, 1L, STALE, 1L));
        assertThat(found.isGood()).isFalse();

        Comparison mended = check(CompareOptions.everything().withRepair());
        assertThat(mended.mended()).isEqualTo(6);
        assertThat(mended.isGood()).isTrue();
        assertThat(check(CompareOptions.everything()).found()).isZero();
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void trafficMeanwhileIsNoFinding() throws Exception {
        traffic.flow(300);
        for (int round = 0; round < 4; round++) {
            assertThat(check(CompareOptions.everything()).findings()).isEmpty();
            assertThat(check(CompareOptions.everything().withSince(Instant.now().minusSeconds(1)))
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    @Order(3)
    void mendingBesideTrafficLosesNothing() throws Exception {
        traffic.send(300);
        awaitDrained();
        traffic.flow(300);
        for (int round = 0; round < 3; round++) {
            postgres.execute(
                    "DELETE FROM dise_g1.tool_logs WHERE source_offset % 7 = " + round,
                    "UPDATE dise_g1.tool_bugs SET message = 'edited', event_time = '2020-01-01'",
                    "DELETE FROM dise_g1.generated_tools");
            assertThat(check(CompareOptions.everything().withRepair()).isGood()).isTrue();
        }
        traffic.stop();
        awaitDrained();
        // What is changed between a sink's read and its write can leave fewer occurrences: the next look mends that
        // too.
        check(CompareOptions.everything().withRepair());
        assertThat(check(CompareOptions.everything()).counts()).isEmpty();
    }

    @Test
    @Order(4)
    void aSinkThatStandsStillIsBehindButNothingIsMissing() throws Exception {
        awaitDrained();
        sink.close();
        traffic.send(100);
        assertThat(check(CompareOptions.everything()).counts()).isEmpty();
    }

    @Test
    @Order(5)
    void sinceJudgesOnlyWhatCameSince() throws Exception {
        Event old = event(Log.of("t", LogLevel.INFO, "old"));
        send(old, event(new GeneratedTool("g", "name", "llm", "yaml", "first code", Map.of())));
        awaitDrained();
        Instant since = Instant.now().plusMillis(5);
        await().until(() -> Instant.now().isAfter(since));
        Event young = event(Log.of("t", LogLevel.INFO, "young"));
        Event tool = event(GeneratedTool.of("g", "new name", "llm"));
        send(old, young, tool);
        awaitDrained();
        CompareOptions options = CompareOptions.everything().withSince(since);
        assertThat(check(options).findings()).isEmpty();

        postgres.execute(
                "DELETE FROM dise_g1.tool_logs WHERE message IN ('old', 'young')",
                "DELETE FROM dise_g1.tool_logs WHERE ctid IN (SELECT min(ctid) FROM dise_g1.tool_logs)",
                "UPDATE dise_g1.generated_tools SET tool_name = 'edited' WHERE tool_id = 'g'");
        Comparison found = check(options.withRepair());
        assertThat(found.findings().stream().map(TableCheckIT::shown))
                .containsExactlyInAnyOrder(
                        "missing tool_logs []", "missing tool_logs []", "different generated_tools [tool_name]");
        assertThat(postgres.query(
                        "SELECT tool_name, tool_code, occurrences FROM dise.generated_tools WHERE tool_id = 'g'"))
                .containsExactly(Map.of("tool_name", "new name", "tool_code", "first code", "occurrences", "2"));
        assertThat(check(CompareOptions.everything().withRepair()).found()).isBetween(1L, 3L);
    }

    @Test
    @Order(6)
    void whatLeftByItsRetentionIsNotMissing() throws Exception {
        Instant old = NOW.minus(Duration.ofDays(40));
        Instant archived = NOW.minus(Duration.ofDays(10));
        send(log("too old", old), log("archived", archived), log("kept", NOW.minus(Duration.ofDays(20))));
        awaitDrained();
        postgres.execute(
                "DELETE FROM dise_g1.tool_logs WHERE message IN ('too old', 'archived', 'kept')",
                "INSERT INTO dise_g1.archives (table_name, file, rows, first_time, last_time, bytes, sha256) VALUES"
                        + " ('tool_logs', 'f', 1, '" + archived + "', '" + archived + "', 1, '')");
        DatabaseConfig keeping = DiseConfig.load(
                        Files.writeString(
                                folder.resolve("keeping.yaml"),
                                postgres.settings(", tables: {tool_logs: {retention: 30d}}, archive: {target: none}")),
                        Map.of())
                .database();
        Comparison found = check(keeping, CompareOptions.everything().withRepair());
        assertThat(found.findings()).hasSize(1);
        assertThat(postgres.number("SELECT count(*) FROM dise_g1.tool_logs WHERE message = 'kept'"))
                .isOne();
        postgres.execute("DELETE FROM dise_g1.archives");
    }

    @Test
    @Order(7)
    void whatAKilledRunHasLeftIsRemoved() throws Exception {
        postgres.execute("CREATE SCHEMA dise_check_1", "CREATE TABLE dise_check_1.tool_logs (id INT)");
        postgres.execute("CREATE SCHEMA dise_check_7");
        check(CompareOptions.everything());
        assertThat(postgres.query(LEFT)).isEmpty();
    }

    @Test
    @Order(8)
    void rowsFromBeforeTheTopicsBeginningCannotBeJudged() throws Exception {
        check(CompareOptions.everything().withRepair());
        awaitDrained();
        long rows = rowsOfAllTables();
        try (Admin admin = kafka.clients().admin()) {
            Map<TopicPartition, RecordsToDelete> all =
                    postgres.query("SELECT partition, next_offset FROM dise_g1.sink_offsets").stream()
                            .collect(Collectors.toMap(
                                    row -> new TopicPartition(
                                            "dise.bulk",
                                            number(row.get("partition")).intValue()),
                                    row -> RecordsToDelete.beforeOffset(number(row.get("next_offset")))));
            admin.deleteRecords(all).all().get();
        }
        Event young = event(Log.of("t", LogLevel.INFO, "after the gap"));
        send(young, event(BugReport.of("bug-1", "tool", Severity.LOW, "after the gap")));
        awaitDrained();
        postgres.execute("DELETE FROM dise_g1.tool_logs WHERE message = 'after the gap'");
        Comparison found = check(CompareOptions.everything().withRepair());
        assertThat(found.findings().stream().map(TableCheckIT::shown)).containsExactly("missing tool_logs []");
        assertThat(found.findings().get(0).eventId()).isEqualTo(young.envelope().id());
        assertThat(found.unverifiable()).isEqualTo(rows - 1);
    }

    private static Long number(@Nullable String text) {
        return Long.valueOf(Objects.requireNonNull(text));
    }

    /** Entities with versions, a deletion, an artifact with metrics that were replaced, and what PostgreSQL refuses. */
    private void sendHistory() throws Exception {
        postgres.execute("ALTER TABLE dise_g1.tool_logs ADD CONSTRAINT polite CHECK (message <> 'rude')");
        Event twice = event(Log.of("t", LogLevel.INFO, "twice"));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(event(Log.of("t", LogLevel.INFO, "line " + i)));
        }
        events.addAll(List.of(
                twice,
                twice,
                event(Log.of("t", LogLevel.INFO, "rude")),
                event(BugReport.of("bug-x", "t", Severity.LOW, "m")),
                event(GeneratedTool.of("tool-x", "first", "llm")),
                event(GeneratedTool.of("tool-x", "second", "llm")),
                event(GeneratedTool.of("tool-y", "gone", "llm")),
                event(Deletion.of(EventType.GENERATED_TOOL, "tool-y")),
                event(Performance.of("p", "t", "n", Map.of("a", 1, "b", 2))),
                event(Performance.of("p", "t", "n", Map.of("b", 3, "c", 4)))));
        send(events.toArray(Event[]::new));
    }

    private static void damage() {
        postgres.execute(
                "DELETE FROM dise_g1.tool_logs WHERE message = 'line 1'",
                "UPDATE dise_g1.tool_logs SET message = 'edited' WHERE message = 'line 2'",
                "INSERT INTO dise_g1.tool_logs (tool_id, log_level, message, event_id, event_time, source_topic,"
                        + " source_partition, source_offset) SELECT tool_id, log_level, message, gen_random_uuid(),"
                        + " event_time, source_topic, source_partition, source_offset FROM dise_g1.tool_logs"
                        + " WHERE message = 'line 3'",
                "DELETE FROM dise_g1.tool_performance WHERE artifact_id = 'p' AND metric_name = 'c'",
                "DELETE FROM dise_g1.tool_bugs WHERE bug_id = 'bug-x'",
                "UPDATE dise_g1.generated_tools SET tool_name = 'first', occurrences = 1, source_offset = 0,"
                        + " event_time = event_time - interval '1 second', event_id = gen_random_uuid()"
                        + " WHERE tool_id = 'tool-x'");
    }

    private static Comparison check(CompareOptions options) throws IOException {
        return check(config().database(), options);
    }

    private static Comparison check(DatabaseConfig database, CompareOptions options) {
        return new TableCheck(database, kafka.clients(), record -> false, Clock.systemUTC())
                .run(options, WorkProgress.NONE);
    }

    private static String shown(Finding finding) {
        return finding.kind().wireName() + " " + finding.place() + " " + finding.columns();
    }

    private static List<?> contents() {
        return List.of(
                postgres.query("SELECT event_id, message, source_offset FROM dise_g1.tool_logs ORDER BY 1"),
                postgres.query(
                        "SELECT event_id, metric_name, metric_value FROM dise_g1.tool_performance ORDER BY 1, 2"),
                postgres.query("SELECT bug_id, event_id, occurrences, first_seen FROM dise_g1.tool_bugs ORDER BY 1"),
                postgres.query("SELECT tool_id, tool_name, event_id, occurrences, first_seen, deleted_at"
                        + " FROM dise_g1.generated_tools ORDER BY 1"));
    }

    private static long rowsOfAllTables() {
        return StoredTable.all().stream()
                .mapToLong(table -> postgres.number("SELECT count(*) FROM dise_g1." + table.name()))
                .sum();
    }

    private Event event(EventData data) {
        return Event.of(EventIds.next(), "urn:dise:test", NOW.plusSeconds(++seconds), data);
    }

    private static Event log(String message, Instant time) {
        return Event.of(EventIds.next(), "urn:dise:test", time, Log.of("t", LogLevel.INFO, message));
    }

    private static void send(Event... events) throws Exception {
        kafka.send(Topic.BULK, List.of(events));
    }
}
