package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Evaluation;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.GeneratedTool;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.PerfData;
import dev.dise.schemas.data.Performance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Four sinks at the same few keys at once, each in an order of its own: none is ever in the way of another. */
class HotKeysIT {
    private static final int SINKS = 4;
    private static final int EVENTS = 600;
    private static final int BATCH = 30;
    private static final int KEYS = 10;

    /** Notes every version that ever stood, in the order in which they did. */
    private static final String HISTORY = """
            CREATE TABLE dise_g1.history (number BIGSERIAL, entity TEXT, event_id UUID, event_time TIMESTAMPTZ);
            CREATE FUNCTION dise_g1.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                INSERT INTO dise_g1.history (entity, event_id, event_time)
                    VALUES (TG_TABLE_NAME || ' ' || (to_jsonb(NEW) ->> TG_ARGV[0]), NEW.event_id, NEW.event_time);
                RETURN NULL;
            END $$
            """;

    private static PgServer postgres;
    private static HikariDataSource connections;
    private static SideBySide sinks;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Random random = new Random(SinkServiceRig.SEED);

    /** Entities, each in its table, and the column that names one. */
    enum Entity {
        BUG(EventType.BUG_REPORT, "tool_bugs", "bug_id"),
        TOOL(EventType.GENERATED_TOOL, "generated_tools", "tool_id"),
        EVALUATION(EventType.EVALUATION, "tool_evaluations", "artifact_id"),
        PERFORMANCE(EventType.PERFORMANCE, "performance_artifacts", "artifact_id");

        private final EventType type;
        private final String table;
        private final String key;

        Entity(EventType type, String table, String key) {
            this.type = type;
            this.table = table;
            this.key = key;
        }

        static Entity of(EventType type) {
            return Arrays.stream(values())
                    .filter(entity -> entity.type == type)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @BeforeAll
    static void startPostgreSql(@TempDir Path folder) throws Exception {
        postgres = PgServer.start(folder.resolve("postgres"));
        Path file = Files.writeString(folder.resolve("config.yaml"), postgres.settings(", max_connections: 8"));
        DatabaseConfig config = DiseConfig.load(file, Map.of()).database();
        PgSinkService.migrate(config);
        connections = Connections.pool("pg-sink", config, PgStack.GENERATION);
        sinks = new SideBySide(connections, BATCH);
        postgres.execute(HISTORY);
        for (Entity entity : Entity.values()) {
            postgres.execute("CREATE TRIGGER note AFTER INSERT OR UPDATE ON dise_g1." + entity.table
                    + " FOR EACH ROW EXECUTE FUNCTION dise_g1.note('" + entity.key + "')");
        }
    }

    @AfterAll
    static void stopPostgreSql() {
        connections.close();
        postgres.close();
    }

    @BeforeEach
    void emptyTheTables() {
        for (Entity entity : Entity.values()) {
            postgres.execute("TRUNCATE dise_g1." + entity.table);
        }
        postgres.execute("TRUNCATE dise_g1.history, dise_g1.tool_logs, dise_g1.tool_performance");
    }

    @ParameterizedTest
    @EnumSource
    void ofVersionsInAnyOrderTheNewestWinsAndEachThatEverStoodIsCounted(Entity entity) throws Exception {
        List<List<Event>> versions = versions(entity);
        sinks.write(versions);
        requireNewest(versions);
    }

    @Test
    void versionsOfSeveralTablesDoNotBlockEachOther() throws Exception {
        List<List<Event>> versions = versions(Entity.values());
        sinks.write(versions);
        requireNewest(versions);
    }

    @Test
    void theSameEventsFromFourSidesAreStoredOnce() throws Exception {
        List<List<Event>> events = sameEvents();
        sinks.write(events);
        assertThat(
                        postgres.query(
                                "SELECT event_id FROM dise_g1.tool_logs UNION ALL SELECT event_id FROM dise_g1.tool_performance"))
                .extracting(row -> row.get("event_id"))
                .doesNotHaveDuplicates()
                .hasSameSizeAs(events.get(0));
    }

    private static void requireNewest(List<List<Event>> versions) {
        assertThat(numbers("%2$s || ' ' || %1$s, extract(epoch FROM event_time)::bigint"))
                .as("seed %d", SinkServiceRig.SEED)
                .isEqualTo(newest(versions));
        assertThat(postgres.query("SELECT * FROM (SELECT entity, event_time, lag(event_time) OVER"
                        + " (PARTITION BY entity ORDER BY number) AS before FROM dise_g1.history) h"
                        + " WHERE event_time <= before"))
                .as("versions that an older one replaced")
                .isEmpty();
        assertThat(numbers("%2$s || ' ' || %1$s, occurrences"))
                .isEqualTo(
                        numbersOf("SELECT entity AS name, count(DISTINCT event_id) FROM dise_g1.history GROUP BY 1"));
        assertThat(postgres.query("SELECT artifact_id, event_id, count(*) FROM dise_g1.tool_performance GROUP BY 1, 2"))
                .as("metrics, two of each newest version")
                .containsExactlyInAnyOrderElementsOf(
                        postgres.query("SELECT artifact_id, event_id, 2 AS count FROM dise_g1.performance_artifacts"));
    }

    /** Versions of the same entities for each sink, no two of the same time. */
    private List<List<Event>> versions(Entity... of) {
        List<Integer> ages =
                new ArrayList<>(IntStream.range(0, SINKS * EVENTS).boxed().toList());
        Collections.shuffle(ages, random);
        List<List<Event>> perSink = new ArrayList<>();
        for (int sink = 0; sink < SINKS; sink++) {
            perSink.add(ages.subList(sink * EVENTS, (sink + 1) * EVENTS).stream()
                    .map(age -> Event.of(EventIds.next(), "urn:dise:test", now.minusSeconds(age), version(of)))
                    .toList());
        }
        return perSink;
    }

    private EventData version(Entity... of) {
        String key = "key-" + random.nextInt(KEYS);
        return switch (of[random.nextInt(of.length)]) {
            case BUG -> BugReport.of(key, "tool", Severity.LOW, "message " + random.nextInt());
            case TOOL -> GeneratedTool.of(key, "name " + random.nextInt(), "llm");
            case EVALUATION -> Evaluation.of(key, "name", "content " + random.nextInt());
            case PERFORMANCE ->
                Performance.of(
                        key, "tool", "name", Map.of("latency_ms", random.nextInt(100), "tokens", random.nextInt(100)));
        };
    }

    /** The same events for each sink, in another order. */
    private List<List<Event>> sameEvents() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            EventData data = random.nextBoolean()
                    ? Log.of("tool", LogLevel.INFO, "number " + i)
                    : PerfData.of("tool", "latency_ms", i);
            events.add(Event.of(EventIds.next(), "urn:dise:test", now, data));
        }
        List<List<Event>> perSink = new ArrayList<>();
        for (int sink = 0; sink < SINKS; sink++) {
            Collections.shuffle(events, random);
            perSink.add(List.copyOf(events));
        }
        return perSink;
    }

    private static Map<String, Long> newest(List<List<Event>> perSink) {
        Map<String, Long> newest = new TreeMap<>();
        perSink.forEach(events -> events.forEach(event -> newest.merge(
                Entity.of(event.envelope().type()).table + " "
                        + event.envelope().subject(),
                event.envelope().time().getEpochSecond(),
                Math::max)));
        return newest;
    }

    /**
     * A number of each entity, by its table and key.
     *
     * @param columns the name and the number, where {@code %1$s} is the key's column and {@code %2$s} the table as text
     */
    private static Map<String, Long> numbers(String columns) {
        Map<String, Long> numbers = new TreeMap<>();
        for (Entity entity : Entity.values()) {
            numbers.putAll(numbersOf("SELECT " + columns.formatted(entity.key, "'" + entity.table + "'")
                    + " FROM dise_g1." + entity.table));
        }
        return numbers;
    }

    private static Map<String, Long> numbersOf(String sql) {
        Map<String, Long> numbers = new TreeMap<>();
        postgres.query(sql).forEach(row -> {
            List<String> values =
                    row.values().stream().map(Objects::requireNonNull).toList();
            numbers.put(values.get(0), Long.parseLong(values.get(1)));
        });
        return numbers;
    }
}
