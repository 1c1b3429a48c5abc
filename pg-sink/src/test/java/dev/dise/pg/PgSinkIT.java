package dev.dise.pg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.PlaceLostException;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.runtime.sink.Span;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Performance;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PgSinkIT {
    private static final Partition PARTITION = new Partition("dise.bulk", 3);
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static PgStack postgres;

    private final EventDeliveries deliveries = new EventDeliveries(PARTITION);
    private final RecordingRefusals refusals = new RecordingRefusals();
    private FaultyConnections connections;
    private PgSink sink;

    @BeforeAll
    static void startPostgreSql(@TempDir Path directory) throws SQLException {
        postgres = PgStack.start(directory);
    }

    @AfterAll
    static void stopPostgreSql() {
        postgres.close();
    }

    @BeforeEach
    void emptyTheTables() {
        postgres.clear();
        connections = new FaultyConnections(postgres.sinkConnections());
        sink = new PgSink(connections.dataSource());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELETION")
    void eachTypeLandsInItsTableWithEveryColumn(EventType type) throws Exception {
        deliveries.next(json(
                EventType.LOG,
                "not written",
                "{\"tool_id\":\"not written\",\"log_level\":\"info\",\"message\":\"m\"}",
                NOON));
        write(FullEvents.of(type));
        assertThat(refusals.accepted()).isEmpty();
        Map<String, @Nullable String> row = only("SELECT * FROM " + FullEvents.view(type));
        assertThat(row)
                .containsAllEntriesOf(FullEvents.row(type))
                .containsEntry(
                        "event_id", EventIds.asUuid("id-of-" + type.wireName()).toString())
                .containsEntry("event_time", "2026-01-31 08:15:00.123456+00")
                .containsEntry("run_id", "run-1")
                .containsEntry("source_topic", "dise.bulk")
                .containsEntry("source_partition", "3")
                .containsEntry("source_offset", "1");
        assertThat(row.get("ingested_at")).isNotNull();
        if (!FullEvents.row(type).containsKey("created_at")) {
            assertThat(row).containsEntry("created_at", "2026-01-31 08:15:00.123456+00");
        }
    }

    @Test
    void aFieldThatIsLeftOutIsNullAndAnEmptyObjectStaysOne() throws Exception {
        write(log("a", "\"details\":{}"), log("b", "\"details\":null"), log("c", null));
        assertThat(column("SELECT details FROM tool_logs ORDER BY source_offset"))
                .containsExactly("{}", null, null);
    }

    @ParameterizedTest
    @EnumSource(Json.class)
    void anyJsonIsAResult(Json json) throws Exception {
        write(json(
                EventType.EVALUATION,
                "a",
                "{\"artifact_id\":\"a\",\"name\":\"n\",\"content\":\"c\",\"results\":" + json.text + "}",
                NOON));
        assertThat(refusals.accepted()).isEmpty();
        assertThat(column("SELECT results FROM tool_evaluations")).containsExactly(json.text);
    }

    enum Json {
        STRING("\"plain \\\"text\\\"\""),
        WORD_THAT_LOOKS_LIKE_JSON("\"true\""),
        NUMBER("1.50"),
        FLAG("true"),
        ARRAY("[1, \"a\", null]"),
        OBJECT("{\"a\": {}}");

        private final String text;

        Json(String text) {
            this.text = text;
        }
    }

    @Test
    void aWholeNumberMayBeWrittenWithAFraction() throws Exception {
        write(json(
                EventType.PLAN,
                "p",
                "{\"artifact_id\":\"p\",\"name\":\"n\",\"content\":\"c\",\"usage_count\":3.0}",
                NOON));
        assertThat(refusals.accepted()).isEmpty();
        assertThat(column("SELECT usage_count FROM artifacts")).containsExactly("3");
    }

    @Test
    void aFieldThatANewerVersionOmitsKeepsItsValueAndNullClearsIt() throws Exception {
        write(tool("\"tool_yaml\":\"yaml\",\"tool_code\":\"code\",\"metadata\":{\"a\":1}", 0));
        write(tool("\"tool_code\":null", 1));
        assertThat(only("SELECT tool_yaml, tool_code, metadata FROM generated_tools"))
                .containsEntry("tool_yaml", "yaml")
                .containsEntry("tool_code", null)
                .containsEntry("metadata", "{\"a\": 1}");
    }

    @Test
    void versionsOfOneEntityInOneBatchAddUpLikeVersionsOfSeveral() throws Exception {
        write(tool("\"tool_yaml\":\"yaml\"", 0), tool("\"tool_code\":\"code\"", 1), tool("\"tool_yaml\":null", 2));
        assertThat(only("SELECT tool_yaml, tool_code, occurrences FROM generated_tools"))
                .containsEntry("tool_yaml", null)
                .containsEntry("tool_code", "code")
                .containsEntry("occurrences", "3");
    }

    @Test
    void aDeletionEmptiesTheRowAndOnlyANewerVersionStartsAfresh() throws Exception {
        write(bug("secret message", "\"stack_trace\":\"at x\",\"resolved\":true", 0));
        write(deletion(EventType.BUG_REPORT, "b", 10));
        assertThat(postgres.query("SELECT * FROM tool_bugs")).isEmpty();
        assertThat(only("SELECT tool_id, severity, message, stack_trace, details, resolved FROM dise_g1.tool_bugs"))
                .containsEntry("resolved", "f")
                .containsEntry("message", null)
                .containsEntry("stack_trace", null);
        write(bug("late", null, 5));
        assertThat(postgres.query("SELECT * FROM tool_bugs")).isEmpty();
        write(bug("back", null, 20));
        assertThat(only("SELECT message, stack_trace, resolved, occurrences, created_at FROM tool_bugs"))
                .containsEntry("message", "back")
                .containsEntry("stack_trace", null)
                .containsEntry("resolved", "f")
                .containsEntry("occurrences", "1")
                .containsEntry("created_at", "2026-01-31 12:00:20+00");
    }

    @Test
    void aBugThatComesAgainIsCountedAndKeepsItsFirstTime() throws Exception {
        Event second = bug("second", null, 1);
        write(bug("first", null, 0));
        write(second);
        write(second);
        write(bug("third", null, 2), second);
        assertThat(only("SELECT message, occurrences, first_seen, last_seen FROM tool_bugs"))
                .containsEntry("message", "third")
                .containsEntry("occurrences", "3")
                .containsEntry("first_seen", "2026-01-31 12:00:00+00")
                .containsEntry("last_seen", "2026-01-31 12:00:02+00");
    }

    @Test
    void metricsOfAPerformanceArtifactFollowItsNewestVersion() throws Exception {
        write(performance("a", Map.of("latency_ms", 1, "memory_mb", 2), 0), performance("b", Map.of("x", 9), 0));
        write(performance("a", Map.of("latency_ms", 5, "tokens", 7), 2));
        write(performance("a", Map.of("latency_ms", 3, "old", 3), 1));
        assertThat(column("SELECT metric_name || '=' || metric_value FROM tool_performance WHERE artifact_id = 'a'"
                        + " ORDER BY 1"))
                .containsExactly("latency_ms=5", "tokens=7");
        write(deletion(EventType.PERFORMANCE, "a", 3));
        assertThat(column("SELECT artifact_id FROM tool_performance")).containsExactly("b");
        assertThat(column("SELECT artifact_id FROM performance_artifacts")).containsExactly("b");
    }

    @Test
    void theSameEventOfAnyTypeAgainIsOneRow() throws Exception {
        for (EventType type : EventType.values()) {
            if (type != EventType.DELETION) {
                write(FullEvents.of(type), FullEvents.of(type));
                write(FullEvents.of(type));
            }
        }
        assertThat(column("SELECT count(*) FROM tool_logs")).containsExactly("1");
        assertThat(column("SELECT count(*) FROM tool_performance")).containsExactly("2");
        assertThat(column("SELECT count(*) FROM artifacts")).containsExactly("8");
        assertThat(column("SELECT occurrences FROM tool_bugs")).containsExactly("1");
    }

    @Test
    void nulCannotBeStoredAndCostsOneDeadLetterEach() throws Exception {
        write(
                log("good", null),
                json(EventType.LOG, "t", "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"a\\u0000b\"}", NOON),
                log("in json", "\"details\":{\"k\":\"a\\u0000b\"}"),
                log("in a name", "\"details\":{\"a\\u0000b\":1}"),
                log("also good", null));
        assertThat(refusals.accepted())
                .extracting(rejection -> rejection.reason() + " " + rejection.record())
                .containsExactlyInAnyOrder("PG_NUL dise.bulk-3@1", "PG_NUL dise.bulk-3@2", "PG_NUL dise.bulk-3@3");
        assertThat(refusals.accepted())
                .allSatisfy(rejection -> assertThat(rejection.message()).contains("SQLSTATE 22"));
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("good", "also good");
    }

    @Test
    void numbersAndTimesThatPostgreSqlDoesNotHoldCostOneDeadLetterEach() throws Exception {
        write(
                json(
                        EventType.DEBUG_DATA,
                        "c",
                        "{\"context_type\":\"t\",\"context_id\":\"c\",\"duration_ms\":1e399}",
                        NOON),
                json(
                        EventType.DEBUG_DATA,
                        "c",
                        "{\"context_type\":\"t\",\"context_id\":\"c\",\"duration_ms\":1.5}",
                        NOON),
                json(
                        EventType.PERF_DATA,
                        "t",
                        "{\"tool_id\":\"t\",\"metric_name\":\"m\",\"metric_value\":1e399}",
                        NOON));
        assertThat(refusals.accepted())
                .extracting(rejection -> rejection.reason() + " " + rejection.record())
                .containsExactly("PG_VALUE dise.bulk-3@0");
        assertThat(column("SELECT duration_ms FROM tool_debug_data")).containsExactly("1.5");
        assertThat(column("SELECT length(metric_value::text) FROM tool_performance"))
                .containsExactly("400");
    }

    @Test
    void halfAnEmojiIsNotChangedInSilence() throws Exception {
        write(log("good", null), log("half", "\"details\":{\"k\":\"\\ud83d\"}"), log("\ud83d\ude00", null));
        assertThat(refusals.accepted())
                .extracting(rejection -> rejection.reason() + " " + rejection.record())
                .containsExactly("PG_VALUE dise.bulk-3@1");
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("good", "\ud83d\ude00");
    }

    @Test
    void findingOneBadRowInFiveHundredTakesAFewStatements() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(log("m" + i, i == 321 ? "\"details\":{\"k\":\"\\u0000\"}" : null));
        }
        write(events.toArray(Event[]::new));
        assertThat(refusals.records()).containsExactly("dise.bulk-3@321");
        assertThat(column("SELECT count(*) FROM tool_logs")).containsExactly("499");
        assertThat(connections.statements()).isLessThanOrEqualTo(22);
    }

    @Test
    void ofTwoSinksWithTheSamePlaceOneWins() throws Exception {
        write(log("before", null));
        PgSink other = new PgSink(postgres.sinkConnections());
        assertThat(other.of(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 1L));
        Delivery<DecodedEvent> one = deliveries.next(log("one", null));
        Delivery<DecodedEvent> two = deliveries.next(log("two", null));
        sink.write(Batch.of(List.of(one)), refusals);
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> other.write(Batch.of(List.of(one, two)), refusals))
                .withMessageContaining("dise.bulk");
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("before", "one");
        assertThat(other.of(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 2L));
        other.write(Batch.of(List.of(two)), refusals);
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> sink.write(new Batch<>(List.of(), Map.of(PARTITION, new Span(2, 9))), refusals));
        assertThat(column("SELECT next_offset FROM dise_g1.sink_offsets")).containsExactly("3");
    }

    @Test
    void ofTwoNewSinksOneBegins() throws Exception {
        PgSink other = new PgSink(postgres.sinkConnections());
        assertThat(sink.of(Set.of(PARTITION))).isEmpty();
        assertThat(other.of(Set.of(PARTITION))).isEmpty();
        Delivery<DecodedEvent> one = deliveries.next(log("one", null));
        Delivery<DecodedEvent> two = deliveries.next(log("two", null));
        sink.write(Batch.of(List.of(one, two)), refusals);
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> other.write(Batch.of(List.of(one)), refusals));
        assertThat(column("SELECT count(*) FROM tool_logs")).containsExactly("2");
    }

    @Test
    void aBatchMovesEveryPlaceOrNone() throws Exception {
        Partition second = new Partition("dise.bulk", 4);
        PgSink other = new PgSink(postgres.sinkConnections());
        other.write(new Batch<>(List.of(), Map.of(second, new Span(0, 7))), refusals);
        Delivery<DecodedEvent> one = deliveries.next(log("one", null));
        Map<Partition, Span> spans = Map.of(PARTITION, new Span(0, 1), second, new Span(0, 3));
        assertThatExceptionOfType(PlaceLostException.class)
                .isThrownBy(() -> sink.write(new Batch<>(List.of(one), spans), refusals));
        assertThat(column("SELECT message FROM tool_logs")).isEmpty();
        assertThat(column("SELECT partition || '@' || next_offset FROM dise_g1.sink_offsets"))
                .containsExactly("4@7");
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotWrittenTwice() throws Exception {
        write(log("before", null));
        Batch<DecodedEvent> batch = Batch.of(deliveries.all(List.of(log("a", null), bug("b", null, 0))));
        connections.loseNextAnswer();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> sink.write(batch, refusals));
        sink.write(batch, refusals);
        write(log("after", null));
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("before", "a", "after");
        assertThat(column("SELECT occurrences FROM tool_bugs")).containsExactly("1");
    }

    @Test
    void aBatchThatAnotherSinkHasWrittenIsTakenAsDone() throws Exception {
        Batch<DecodedEvent> batch = Batch.of(deliveries.all(List.of(log("a", null))));
        new PgSink(postgres.sinkConnections()).write(batch, refusals);
        sink.write(batch, refusals);
        write(log("b", null));
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("a", "b");
    }

    @Test
    void wrongSetUpEndsTheSinkAndWritesNothing() {
        PgSink elsewhere = new PgSink(postgres.reader());
        postgres.execute("CREATE SCHEMA IF NOT EXISTS elsewhere");
        PgSink nowhere = new PgSink(postgres.reader("postgres"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> nowhere.of(Set.of(PARTITION)))
                .withMessageContaining("42P01");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> elsewhere.write(Batch.of(deliveries.all(List.of(log("a", null)))), refusals));
        assertThat(refusals.accepted()).isEmpty();
    }

    private void write(Event... events) throws Exception {
        sink.write(Batch.of(deliveries.all(Arrays.asList(events))), refusals);
    }

    private static Map<String, @Nullable String> only(String sql) {
        List<Map<String, @Nullable String>> rows = postgres.query(sql);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static List<@Nullable String> column(String sql) {
        List<@Nullable String> values = new ArrayList<>();
        postgres.query(sql).forEach(row -> values.add(row.values().iterator().next()));
        return values;
    }

    private static Event log(String message, @Nullable String more) {
        return json(
                EventType.LOG,
                "t",
                "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"" + message + "\"" + tail(more),
                NOON);
    }

    private static Event tool(String more, int seconds) {
        return json(
                EventType.GENERATED_TOOL,
                "t",
                "{\"tool_id\":\"t\",\"tool_name\":\"n\",\"tool_type\":\"llm\"" + tail(more),
                NOON.plusSeconds(seconds));
    }

    private static Event bug(String message, @Nullable String more, int seconds) {
        return json(
                EventType.BUG_REPORT,
                "b",
                "{\"bug_id\":\"b\",\"tool_id\":\"t\",\"severity\":\"low\",\"message\":\"" + message + "\"" + tail(more),
                NOON.plusSeconds(seconds));
    }

    private static String tail(@Nullable String more) {
        return more == null ? "}" : "," + more + "}";
    }

    private static Event performance(String id, Map<String, Integer> metrics, int seconds) {
        return Event.of(
                EventIds.next(), "urn:dise:test", NOON.plusSeconds(seconds), Performance.of(id, "t", "n", metrics));
    }

    private static Event deletion(EventType target, String id, int seconds) {
        return Event.of(EventIds.next(), "urn:dise:test", NOON.plusSeconds(seconds), Deletion.of(target, id));
    }

    private static Event json(EventType type, String subject, String data, Instant time) {
        return new Event(Envelope.of(EventIds.next(), type, "urn:dise:test", subject, time), data.getBytes(UTF_8));
    }
}
