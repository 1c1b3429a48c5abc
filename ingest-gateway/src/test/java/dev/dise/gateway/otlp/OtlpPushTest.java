package dev.dise.gateway.otlp;

import static dev.dise.gateway.otlp.OtlpBodies.pair;
import static dev.dise.gateway.otlp.OtlpBodies.string;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.gateway.logs.BadBodies;
import dev.dise.gateway.logs.LogLine;
import dev.dise.gateway.logs.Proto;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.LogLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpPushTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Proto NOTHING = Proto.message();

    @ParameterizedTest
    @EnumSource(OtlpFormat.class)
    void keepsEveryField(OtlpFormat format) {
        byte[] body = format == OtlpFormat.JSON ? OtlpBodies.json() : OtlpBodies.protobuf();
        LogLine line = lines(format, body).get(0);
        assertThat(line.source()).isEqualTo("urn:dise:otlp");
        assertThat(line.toolId()).isEqualTo("svc");
        assertThat(line.level()).isEqualTo(LogLevel.ERROR);
        assertThat(line.message()).isEqualTo("it broke");
        assertThat(line.time()).isEqualTo("2026-01-31T08:15:00.123456789Z");
        assertThat(line.traceparent()).isEqualTo("00-" + OtlpBodies.TRACE_ID + "-" + OtlpBodies.SPAN_ID + "-01");
        assertThat(line.details().toString().replace('"', '\''))
                .contains(
                        "'attributes':{'exception.type':'java.lang.Error','all':[true,-5,1.5,'NaN','-Infinity','AQID',"
                                + "null,{'d':'1','d#2':'2','e':null},[]]}")
                .contains("'event_name':'app.failed','severity_number':17,'severity_text':'ERROR',"
                        + "'trace_id':'0af7651916cd43dd8448eb211c80319c','span_id':'b7ad6b7169203331','flags':257,"
                        + "'dropped_attributes_count':3,'observed_time':'2026-01-31T08:15:00.200Z',"
                        + "'exact_time':'2026-01-31T08:15:00.123456789Z'");
        assertThat(line.details().get("resource").get("attributes"))
                .hasToString("{\"service.name\":\"svc\",\"host.cpus\":4}");
        assertThat(line.details()
                        .get("resource")
                        .get("dropped_attributes_count")
                        .intValue())
                .isEqualTo(1);
        assertThat(line.details().get("resource").get("schema_url").stringValue())
                .isEqualTo("urn:resource");
        assertThat(line.details().get("scope").get("attributes")).hasToString("{\"k\":\"v\"}");
        assertThat(line.details().get("scope").get("name").stringValue()).isEqualTo("lib");
        assertThat(line.details().get("scope").get("version").stringValue()).isEqualTo("1.0");
        assertThat(line.details().get("scope").get("dropped_attributes_count").intValue())
                .isEqualTo(2);
        assertThat(line.details().get("scope").get("schema_url").stringValue()).isEqualTo("urn:scope");
    }

    @Test
    void bothFormsReadTheSame() {
        LogLine protobuf = lines(OtlpFormat.PROTOBUF, OtlpBodies.protobuf()).get(0);
        LogLine json = lines(OtlpFormat.JSON, OtlpBodies.json()).get(0);
        assertThat(json.details()).isEqualTo(protobuf.details());
    }

    @Test
    void theSameRequestIsTheSameEventsAndEqualRecordsAreTwo() {
        byte[] body = OtlpBodies.request(NOTHING, NOTHING, record("x", 1), record("x", 1));
        List<LogLine> lines = lines(OtlpFormat.PROTOBUF, body);
        assertThat(lines.get(0).id()).isNotEqualTo(lines.get(1).id());
        assertThat(lines(OtlpFormat.PROTOBUF, body)).isEqualTo(lines);
        byte[] other = OtlpBodies.request(NOTHING, NOTHING, record("x", 1));
        assertThat(lines(OtlpFormat.PROTOBUF, other).get(0).id())
                .isNotIn(lines.stream().map(LogLine::id).toList());
    }

    @Test
    void aRecordWithoutTimeHasThatOfItsObservationElseNow() {
        byte[] body = OtlpBodies.request(NOTHING, NOTHING, Proto.message().fixed64(11, 5_000), Proto.message());
        List<LogLine> lines = lines(OtlpFormat.PROTOBUF, body);
        assertThat(lines).extracting(LogLine::time).containsExactly(Instant.EPOCH.plusNanos(5_000), NOW);
        List<LogLine> again = lines(OtlpFormat.PROTOBUF, body);
        assertThat(again.get(0).id()).isEqualTo(lines.get(0).id());
        assertThat(again.get(1).id()).isNotEqualTo(lines.get(1).id());
    }

    @Test
    void timesAreUnsigned() {
        byte[] body = OtlpBodies.request(NOTHING, NOTHING, Proto.message().fixed64(1, -1));
        assertThat(lines(OtlpFormat.PROTOBUF, body).get(0).time()).isEqualTo("2554-07-21T23:34:33.709551615Z");
        assertThat(json("{'timeUnixNano':'18446744073709551615'}").time()).isEqualTo("2554-07-21T23:34:33.709551615Z");
    }

    @ParameterizedTest
    @CsvSource({
        "0, , INFO",
        "0, Warn, WARNING",
        "0, FATAL, CRITICAL",
        "0, loud, INFO",
        "1, x, DEBUG",
        "4, , DEBUG",
        "5, , DEBUG",
        "8, , DEBUG",
        "9, ERROR, INFO",
        "12, , INFO",
        "13, , WARNING",
        "16, , WARNING",
        "17, , ERROR",
        "20, , ERROR",
        "21, , CRITICAL",
        "24, , CRITICAL",
        "25, error, ERROR",
        "-1, , INFO"
    })
    void findsTheLevel(int number, String text, LogLevel expected) {
        String severity = "{'severityNumber':" + number + (text == null ? "" : ",'severityText':'" + text + "'") + "}";
        assertThat(json(severity).level()).isEqualTo(expected);
    }

    @Test
    void findsTheTool() {
        Proto resource = Proto.message().message(1, pair("service.name", string("svc")));
        Proto scope = Proto.message().text(1, "lib");
        UnaryOperator<String> tool =
                key -> toolOf(resource, scope, Proto.message().message(6, pair(key, string("t"))));
        assertThat(tool.apply("tool_id")).isEqualTo("t");
        assertThat(tool.apply("dise.tool_id")).isEqualTo("t");
        assertThat(tool.apply("tool")).isEqualTo("svc");
        assertThat(toolOf(Proto.message().message(1, pair("tool_id", string("r"))), scope, NOTHING))
                .isEqualTo("r");
        assertThat(toolOf(NOTHING, scope, NOTHING)).isEqualTo("lib");
        assertThat(toolOf(NOTHING, NOTHING, NOTHING)).isEqualTo("unknown");
        assertThat(toolOf(Proto.message().message(1, pair("service.name", string("x".repeat(501)))), scope, NOTHING))
                .isEqualTo("lib");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'stringValue':''}                              | ~~           | null",
                "{}                                              | an.event     | null",
                "{'intValue':'7'}                                | 7            | 7",
                "{'boolValue':false}                             | false        | false",
                "{'kvlistValue':{'values':[{'key':'a','value':{'intValue':1}}]}} | {\"a\":1} | {\"a\":1}",
                "{'arrayValue':{'values':[{'stringValue':'x'}]}} | [\"x\"]      | [\"x\"]",
                "{'bytesValue':'AQID'}                           | AQID         | null",
            })
    void theMessageIsTheBody(String body, String message, String kept) {
        LogLine line = json("{'eventName':'an.event','body':" + body + "}");
        assertThat(line.message()).isEqualTo(message);
        assertThat(String.valueOf(line.details().get("body"))).isEqualTo(kept);
    }

    @Test
    void aRecordOfNothingHasAnEmptyMessage() {
        assertThat(json("{}").message()).isEmpty();
        assertThat(json("{}").details()).hasToString("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, b7ad6b7169203331",
        "0af7651916cd43dd8448eb211c80319c, 0000000000000000",
        "0af7651916cd43dd8448eb211c80319c, ''",
        "0af7651916cd43dd8448eb211c8031, b7ad6b7169203331",
        "'CvdlGRbNQ92ESOshHIAxnA==', b7ad6b7169203331"
    })
    void idsThatAreNoneAreKeptButAreNoTrace(String traceId, String spanId) {
        LogLine line = json("{'traceId':'" + traceId + "','spanId':'" + spanId + "'}");
        assertThat(line.traceparent()).isNull();
        assertThat(line.details().get("trace_id").stringValue()).isEqualToIgnoringCase(traceId);
    }

    @Test
    void whatIsNestedTooDeepIsKeptAsText() {
        Proto proto = string("end");
        String json = "{'stringValue':'end'}";
        for (int i = 0; i < 100; i++) {
            proto = Proto.message().message(5, Proto.message().message(1, proto));
            json = "{'arrayValue':{'values':[" + json + "]}}";
        }
        Proto record = Proto.message().message(5, proto).message(6, pair("deep", proto));
        LogLine line = lines(OtlpFormat.PROTOBUF, OtlpBodies.request(NOTHING, NOTHING, record))
                .get(0);
        new DataReader().read(EventType.LOG, line.event().data());
        assertThat(line.message()).startsWith("[".repeat(PushSize.MAX_DEPTH - 1) + "\"");
        LogLine same = json("{'body':" + json + ",'attributes':[{'key':'deep','value':" + json + "}]}");
        new DataReader().read(EventType.LOG, same.event().data());
        assertThat(same.message()).contains("stringValue").contains("end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'resourceLogs':{}}",
                "{'resourceLogs':[1]}",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[[]]}]}]}",
                "{'resourceLogs':[{'resource':[]}]}",
                "{'resourceLogs':[{'scopeLogs':[{'scope':{'name':1}}]}]}",
                "R{'timeUnixNano':'soon'}",
                "R{'timeUnixNano':'18446744073709551616'}",
                "R{'timeUnixNano':1e99}",
                "R{'timeUnixNano':'1e-999999999'}",
                "R{'timeUnixNano':1.5}",
                "R{'severityNumber':'SEVERITY_NUMBER_INFO'}",
                "R{'body':'text'}",
                "R{'body':{'stringValue':1}}",
                "R{'body':{'boolValue':'true'}}",
                "R{'body':{'doubleValue':'much'}}",
                "R{'body':{'arrayValue':{'values':[1]}}}",
                "R{'attributes':{}}",
                "R{'attributes':[{'key':1}]}",
                "[]",
                "",
                "{'resourceLogs':[],'resourceLogs':[]}"
            })
    void refusesJsonThatIsNoRequest(String body) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> OtlpPush.read(OtlpFormat.JSON, expand(body)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'resourceLogs':null,'unknown':1}", "{'resourceLogs':[{'scopeLogs':[{}]},{}]}"})
    void takesARequestOfNothing(String body) {
        assertThat(lines(OtlpFormat.JSON, expand(body))).isEmpty();
        assertThat(lines(OtlpFormat.PROTOBUF, new byte[0])).isEmpty();
    }

    @Test
    void bearsAnyBody() {
        BadBodies.truncated(OtlpBodies.protobuf(), body -> lines(OtlpFormat.PROTOBUF, body));
        BadBodies.random(OtlpBodies.protobuf(), body -> lines(OtlpFormat.PROTOBUF, body));
        BadBodies.truncated(OtlpBodies.json(), body -> lines(OtlpFormat.JSON, body));
        BadBodies.random(OtlpBodies.json(), body -> lines(OtlpFormat.JSON, body));
    }

    @Test
    void refusesMoreThanAPushMayHave() {
        Proto[] many =
                Stream.generate(Proto::message).limit(PushSize.MAX_LINES + 1).toArray(Proto[]::new);
        Proto attributes = Proto.message();
        for (int i = 0; i <= PushSize.MAX_VALUES; i++) {
            attributes.bytes(6, new byte[] {18, 0});
        }
        for (Proto[] records : new Proto[][] {many, {attributes}}) {
            assertThatExceptionOfType(InvalidEventException.class)
                    .isThrownBy(() -> lines(OtlpFormat.PROTOBUF, OtlpBodies.request(NOTHING, NOTHING, records)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        }
    }

    private static Proto record(String body, long time) {
        return Proto.message().fixed64(1, time).message(5, string(body));
    }

    private static String toolOf(Proto resource, Proto scope, Proto record) {
        return lines(OtlpFormat.PROTOBUF, OtlpBodies.request(resource, scope, record))
                .get(0)
                .toolId();
    }

    private static LogLine json(String record) {
        return lines(OtlpFormat.JSON, expand("R" + record)).get(0);
    }

    private static byte[] expand(String body) {
        String whole = body.startsWith("R")
                ? "{'resourceLogs':[{'scopeLogs':[{'logRecords':[" + body.substring(1) + "]}]}]}"
                : body;
        return whole.replace('\'', '"').getBytes(UTF_8);
    }

    private static List<LogLine> lines(OtlpFormat format, byte[] body) {
        List<LogLine> lines = new ArrayList<>();
        OtlpPush.read(format, body).lines(NOW).forEachRemaining(lines::add);
        return lines;
    }
}
