package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PgSinkIT extends PgSinkRig {
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
}
