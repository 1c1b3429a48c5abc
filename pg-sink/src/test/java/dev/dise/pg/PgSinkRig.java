package dev.dise.pg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.EventDeliveries;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.RecordingRefusals;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sink on a real PostgreSQL, with tables that are empty before each test. */
abstract class PgSinkRig {
    static final Partition PARTITION = new Partition("dise.bulk", 3);
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    static PgStack postgres;

    final EventDeliveries deliveries = new EventDeliveries(PARTITION);
    final RecordingRefusals refusals = new RecordingRefusals();
    FaultyConnections connections;
    PgSink sink;

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

    void write(Event... events) throws Exception {
        sink.write(Batch.of(deliveries.all(Arrays.asList(events))), refusals);
    }

    static Map<String, @Nullable String> only(String sql) {
        List<Map<String, @Nullable String>> rows = postgres.query(sql);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    static List<@Nullable String> column(String sql) {
        List<@Nullable String> values = new ArrayList<>();
        postgres.query(sql).forEach(row -> values.add(row.values().iterator().next()));
        return values;
    }

    static Event log(String message, @Nullable String more) {
        return json(
                EventType.LOG,
                "t",
                "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"" + message + "\"" + tail(more),
                NOON);
    }

    static Event tool(String more, int seconds) {
        return json(
                EventType.GENERATED_TOOL,
                "t",
                "{\"tool_id\":\"t\",\"tool_name\":\"n\",\"tool_type\":\"llm\"" + tail(more),
                NOON.plusSeconds(seconds));
    }

    static Event bug(String message, @Nullable String more, int seconds) {
        return json(
                EventType.BUG_REPORT,
                "b",
                "{\"bug_id\":\"b\",\"tool_id\":\"t\",\"severity\":\"low\",\"message\":\"" + message + "\"" + tail(more),
                NOON.plusSeconds(seconds));
    }

    static String tail(@Nullable String more) {
        return more == null ? "}" : "," + more + "}";
    }

    /** A call that took so long; {@link PgStack} has PostgreSQL refuse what took more than likely. */
    static Event call(String durationMs) {
        return json(
                EventType.DEBUG_DATA,
                "c",
                "{\"context_type\":\"t\",\"context_id\":\"c\",\"duration_ms\":" + durationMs + "}",
                Instant.now());
    }

    static Event performance(String id, Map<String, Integer> metrics, int seconds) {
        return Event.of(
                EventIds.next(), "urn:dise:test", NOON.plusSeconds(seconds), Performance.of(id, "t", "n", metrics));
    }

    static Event deletion(EventType target, String id, int seconds) {
        return Event.of(EventIds.next(), "urn:dise:test", NOON.plusSeconds(seconds), Deletion.of(target, id));
    }

    static Event json(EventType type, String subject, String data, Instant time) {
        return new Event(Envelope.of(EventIds.next(), type, "urn:dise:test", subject, time), data.getBytes(UTF_8));
    }
}
