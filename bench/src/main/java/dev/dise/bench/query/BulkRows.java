package dev.dise.bench.query;

import dev.dise.bench.LogEvent;
import dev.dise.bench.LogEvents;
import dev.dise.schemas.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Puts rows into the live generation without the line; the same numbers are the same rows whenever it is done. */
final class BulkRows {
    private static final String SCHEMA = "dise_g1.";
    private static final String EVENT = "event_id, event_time, source_topic, source_partition, source_offset";
    private static final String TOPIC = "bench";
    private static final long SEED = 20_264;
    private static final List<String> SEVERITIES = List.of("low", "medium", "medium", "high");
    private static final int CRITICAL_ONE_IN = 50;
    private static final double RESOLVED = 0.7;
    /** A tool comes from one of so many that were made before it. */
    private static final int GENERATION = 50;

    private final Connection connection;
    private final Scale scale;
    private final LogEvents logs = new LogEvents(Instant.EPOCH, List.of());

    BulkRows(Connection connection, Scale scale) {
        this.connection = connection;
        this.scale = scale;
    }

    /** The log event of that number, whose time is another. */
    LogEvent log(int number) {
        return logs.at(number);
    }

    void load() throws Exception {
        addDays("tool_logs");
        addDays("tool_performance");
        loadLogs();
        loadFailures();
        loadBugs();
        loadTools();
        loadEdges();
        loadMeasurements();
    }

    private void addDays(String table) throws SQLException {
        LocalDate today = scale.now().toLocalDate();
        try (Statement statement = connection.createStatement()) {
            for (int back = 0; back <= Scale.DAYS; back++) {
                statement.execute(
                        "SELECT " + SCHEMA + "add_partition('" + table + "', '" + today.minusDays(back) + "')");
            }
        }
    }

    private void loadLogs() throws Exception {
        try (CopyTable table = copy("tool_logs", "tool_id, log_level, message, details")) {
            for (int i = 0; i < scale.logs(); i++) {
                LogEvent log = log(i);
                String details = Json.mapper().writeValueAsString(log.details());
                String level = log.level().name().toLowerCase(Locale.ROOT);
                OffsetDateTime time = scale.time(i, scale.logs());
                table.row(log.toolId(), level, log.message(), details, log.id(), time, TOPIC, 0, i);
            }
        }
    }

    private void loadFailures() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        MadeUpErrors errors = new MadeUpErrors(random.split());
        try (CopyTable table =
                copy("tool_failures", "tool_id, scenario, error_message, severity, failure_type, stack_trace")) {
            for (int i = 0; i < scale.failures(); i++) {
                MadeUpErrors.MadeUp error = errors.next();
                String scenario = "scenario " + random.nextInt(100);
                Object[] event = event("failure", i, scale.failures());
                table.row(
                        tool(random),
                        scenario,
                        error.message(),
                        severity(random),
                        error.type(),
                        error.stack(),
                        event[0],
                        event[1],
                        TOPIC,
                        0,
                        i);
            }
        }
    }

    private void loadBugs() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        MadeUpErrors errors = new MadeUpErrors(random.split());
        try (CopyTable table = copy(
                "tool_bugs",
                "bug_id, tool_id, severity, message, stack_trace, details, resolved, resolved_at, first_seen, fields")) {
            for (int i = 0; i < scale.bugs(); i++) {
                MadeUpErrors.MadeUp error = errors.next();
                boolean resolved = random.nextDouble() < RESOLVED;
                Object[] event = event("bug", i, scale.bugs());
                table.row(
                        "bug-" + i,
                        tool(random),
                        severity(random),
                        error.message(),
                        error.stack(),
                        Json.mapper().writeValueAsString(Map.of("failure_type", error.type())),
                        resolved,
                        resolved ? event[1] : null,
                        event[1],
                        "{message}",
                        event[0],
                        event[1],
                        TOPIC,
                        0,
                        i);
            }
        }
    }

    private void loadTools() throws Exception {
        try (CopyTable table =
                copy("generated_tools", "tool_id, tool_name, tool_type, tool_code, first_seen, fields")) {
            for (int i = 0; i < scale.tools(); i++) {
                Object[] event = event("tool", i, scale.tools());
                String code = "def run(text):\n    return text[" + i + ":]\n";
                table.row(
                        "tool-" + i,
                        "Tool " + i,
                        "llm",
                        code,
                        event[1],
                        "{tool_name}",
                        event[0],
                        event[1],
                        TOPIC,
                        0,
                        i);
            }
        }
    }

    private void loadEdges() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        try (CopyTable table = copy("tool_ancestry", "parent_tool_id, child_tool_id, relationship_type, details")) {
            for (int i = 1; i <= scale.edges(); i++) {
                int parent = i - 1 - random.nextInt(Math.min(i, GENERATION));
                Object[] event = event("edge", i, scale.edges());
                table.row(
                        "tool-" + parent,
                        "tool-" + i,
                        "evolved_from",
                        "{\"round\":1}",
                        event[0],
                        event[1],
                        TOPIC,
                        0,
                        i);
            }
        }
    }

    /** Each tool has a speed and a reliability of its own. */
    private void loadMeasurements() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + 3);
        try (CopyTable table = copy("tool_performance", "tool_id, metric_name, metric_value, unit")) {
            for (int i = 0; i < scale.measurements(); i++) {
                int tool = i / 2 % scale.tools();
                SplittableRandom ofTool = new SplittableRandom(SEED + 4 + tool);
                double usual = 50 + 3_000 * ofTool.nextDouble();
                double reliable = 0.8 + 0.2 * ofTool.nextDouble();
                Object[] event = event("measurement", i, scale.measurements());
                boolean isLatency = i % 2 == 0;
                long value = isLatency
                        ? Math.round(usual * (0.5 + random.nextDouble()))
                        : random.nextDouble() < reliable ? 1 : 0;
                table.row(
                        "tool-" + tool,
                        isLatency ? "latency_ms" : "success",
                        value,
                        isLatency ? "ms" : "",
                        event[0],
                        event[1],
                        TOPIC,
                        0,
                        i);
            }
        }
    }

    private CopyTable copy(String table, String columns) throws SQLException {
        return new CopyTable(connection, SCHEMA + table, columns + ", " + EVENT);
    }

    private Object[] event(String kind, int number, int of) {
        return new Object[] {eventId(kind, number), scale.time(number, of)};
    }

    /** The event that a row of that kind and number is from. */
    static UUID eventId(String kind, int number) {
        SplittableRandom random = new SplittableRandom(SEED * 31 + kind.hashCode() * 1_000_003L + number);
        random.nextLong();
        return new UUID((random.nextLong() & ~0xf000L) | 0x4000L, Long.MIN_VALUE | (random.nextLong() >>> 2));
    }

    private String tool(SplittableRandom random) {
        return "tool-" + random.nextInt(scale.tools());
    }

    private static String severity(SplittableRandom random) {
        return random.nextInt(CRITICAL_ONE_IN) == 0 ? "critical" : SEVERITIES.get(random.nextInt(SEVERITIES.size()));
    }
}
