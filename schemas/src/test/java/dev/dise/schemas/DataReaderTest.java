package dev.dise.schemas;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.InvalidEventException.Reason;
import java.nio.charset.Charset;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class DataReaderTest {
    private final DataReader reader = new DataReader();

    @Test
    void namesTheFieldTheRuleAndTheValue() {
        assertRefused(EventType.BUG_REPORT, """
                {"bug_id":"b","tool_id":"t","severity":"urgent","message":"m"}""")
                .withMessage("/severity must be one of low, medium, high, critical but is \"urgent\"");
        assertRefused(EventType.LOG, """
                {"tool_id":"t","log_level":"info"}""").withMessage("/message is required");
        assertRefused(EventType.LOG, """
                {"tool_id":"t","log_level":"info","message":"m","mesage":"m"}""").withMessage("/mesage is not a field of this type");
        assertRefused(EventType.PERF_DATA, """
                {"tool_id":"t","metric_name":"m","metric_value":"fast"}""").withMessage("/metric_value must be number but is \"fast\"");
        assertRefused(EventType.PERFORMANCE, """
                {"artifact_id":"a","tool_id":"t","name":"n","metrics":{"p95":"x"}}""").withMessage("/metrics/p95 must be number but is \"x\"");
        assertRefused(EventType.PLAN, """
                {"artifact_id":"a","name":"n","content":"c","created_at":"yesterday"}""")
                .withMessage("/created_at must be an RFC 3339 time such as 2026-01-31T08:15:00Z but is \"yesterday\"");
    }

    @Test
    void namesEveryBrokenRule() {
        assertRefused(EventType.LOG, "{\"log_level\":\"loud\"}")
                .satisfies(e -> assertThat(e.violations())
                        .extracting(Violation::path)
                        .containsExactlyInAnyOrder("/tool_id", "/log_level", "/message"));
    }

    @ParameterizedTest
    @CsvSource({"WARN,warning", "fatal,critical", "Err,error", "INFO,info", "trace,debug"})
    void understandsSynonymsOfLevels(String written, String stored) {
        var data = read("{\"tool_id\":\"t\",\"message\":\"m\",\"log_level\":\"" + written + "\"}");
        assertThat(data.get("log_level").stringValue()).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{}{}",
                "[]",
                "\"x\"",
                "null",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1e131071}",
                "{\"a\":1e-131071}",
                "{\"a\":1e2147483648}",
                "{\"a\":1e99999999999}",
                "{\"a\":0.00e500}",
                "// c\n{}",
                "{\"a\":\"\u0001\"}"
            })
    void refusesWhatIsNotOneStrictJsonObject(String text) {
        assertRefused(EventType.LOG, text).satisfies(DataReaderTest::isMalformed);
    }

    @Test
    void refusesDepthAndTokenBombs() {
        assertRefused(EventType.LOG, "{\"a\":".repeat(100_000)).satisfies(DataReaderTest::isMalformed);
        assertRefused(EventType.LOG, "[" + "1,".repeat(60_000) + "1]").satisfies(DataReaderTest::isMalformed);
        assertRefused(EventType.LOG, "{\"a\":" + "9".repeat(200) + "}").satisfies(DataReaderTest::isMalformed);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        String log = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"é\"}";
        assertRefused(EventType.LOG, log.getBytes(ISO_8859_1)).satisfies(DataReaderTest::isMalformed);
        assertRefused(EventType.LOG, log.getBytes(UTF_16)).satisfies(DataReaderTest::isMalformed);
        assertRefused(EventType.LOG, ("\uFEFF" + log).getBytes(UTF_8)).satisfies(DataReaderTest::isMalformed);
        assertRefused(EventType.LOG, new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'})
                .satisfies(DataReaderTest::isMalformed);
    }

    @Test
    void refusesUtf16AndUtf32WithoutAMark() {
        String log = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";
        assertRefused(EventType.LOG, log.getBytes(UTF_16LE)).satisfies(DataReaderTest::isMalformed);
        assertRefused(EventType.LOG, log.getBytes(Charset.forName("UTF-32BE"))).satisfies(DataReaderTest::isMalformed);
    }

    @Test
    void neverRepeatsWhatItRefuses() {
        for (String text : List.of("{\"a\":secretword}", "{\"secretword\":1,\"secretword\":2}", "[1] secretword")) {
            assertRefused(EventType.LOG, text)
                    .satisfies(e -> assertThat(e.explanation()).doesNotContain("secretword", "jackson", "Feature"));
        }
    }

    private ObjectNode read(String json) {
        return reader.read(EventType.LOG, json.getBytes(UTF_8));
    }

    private static void isMalformed(InvalidEventException e) {
        assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
    }

    private ThrowableAssertAlternative<InvalidEventException> assertRefused(EventType type, String json) {
        return assertRefused(type, json.getBytes(UTF_8));
    }

    private ThrowableAssertAlternative<InvalidEventException> assertRefused(EventType type, byte[] json) {
        return assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> reader.read(type, json));
    }
}
