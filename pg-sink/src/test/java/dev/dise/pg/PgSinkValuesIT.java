package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What values become, and what becomes of those that PostgreSQL cannot hold. */
class PgSinkValuesIT extends PgSinkRig {
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
    void aCharacterThatPostgreSqlCannotHoldIsReplacedAndFlagged() throws Exception {
        write(
                log("good", null),
                json(EventType.LOG, "t", "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"a\\u0000b\"}", NOON),
                log("in json", "\"details\":{\"k\":[\"a\\u0000b\"]}"),
                log("in a name", "\"details\":{\"a\\u0000b\":1}"),
                log("half", "\"details\":{\"k\":\"\\ud83d\"}"),
                log("\ud83d\ude00", "\"details\":{\"k\":\"\\\\u0000\"}"));
        assertThat(refusals.accepted()).isEmpty();
        assertThat(column("SELECT message FROM tool_logs ORDER BY source_offset"))
                .containsExactly("good", "a\uFFFDb", "in json", "in a name", "half", "\ud83d\ude00");
        assertThat(column("SELECT details FROM tool_logs ORDER BY source_offset"))
                .containsExactly(
                        null,
                        null,
                        "{\"k\": [\"a\uFFFDb\"]}",
                        "{\"a\uFFFDb\": 1}",
                        "{\"k\": \"\uFFFD\"}",
                        "{\"k\": \"\\\\u0000\"}");
        assertThat(column("SELECT made_safe FROM tool_logs ORDER BY source_offset"))
                .containsExactly("f", "t", "t", "t", "t", "f");
    }

    @Test
    void aNumberBeyondItsColumnBecomesTheNearestThatIsNot() throws Exception {
        postgres.execute("ALTER TABLE dise_g1.tool_debug_data DROP CONSTRAINT likely");
        try {
            write(call("1e399"), call("1.5"));
            assertThat(column("SELECT duration_ms || ' ' || made_safe FROM tool_debug_data ORDER BY source_offset"))
                    .containsExactly("1.7976931348623157e+308 true", "1.5 false");
        } finally {
            postgres.execute("TRUNCATE dise_g1.tool_debug_data");
            postgres.execute("ALTER TABLE dise_g1.tool_debug_data ADD CONSTRAINT likely CHECK (duration_ms < 1e9)");
        }
        assertThat(refusals.accepted()).isEmpty();
    }

    @Test
    void aNumberOfAnyLengthIsAMetric() throws Exception {
        String digits = "9".repeat(100) + "." + "1".repeat(27);
        write(metric("1e399"), metric("-0.000001"), metric(digits), metric("1e-300"));
        assertThat(refusals.accepted()).isEmpty();
        assertThat(column("SELECT metric_value FROM tool_performance ORDER BY source_offset"))
                .extracting(value -> new BigDecimal(String.valueOf(value)).stripTrailingZeros())
                .containsExactly(
                        new BigDecimal("1e399").stripTrailingZeros(),
                        new BigDecimal("-0.000001"),
                        new BigDecimal(digits),
                        new BigDecimal("1e-300").stripTrailingZeros());
    }

    @Test
    void aTimeBeyondTheCalendarBecomesItsEndAndIsFlagged() throws Exception {
        String data = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";
        write(
                json(EventType.LOG, "t", data, Instant.parse("+300000-01-01T00:00:00Z")),
                json(EventType.LOG, "t", data, Instant.parse("-4800-01-01T00:00:00Z")),
                json(EventType.LOG, "t", data, NOON));
        assertThat(refusals.accepted()).isEmpty();
        assertThat(column("SELECT event_time || ' ' || made_safe FROM tool_logs ORDER BY source_offset"))
                .containsExactly(
                        "9999-12-31 23:59:59.999999+00 true",
                        "0001-01-01 00:00:00+00 true",
                        "2026-01-31 12:00:00+00 false");
    }

    private static Event metric(String value) {
        return json(
                EventType.PERF_DATA,
                "t",
                "{\"tool_id\":\"t\",\"metric_name\":\"m\",\"metric_value\":" + value + "}",
                NOON);
    }
}
