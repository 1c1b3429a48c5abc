package dev.dise.gateway.loki;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.gateway.logs.BadBodies;
import dev.dise.gateway.logs.LogLine;
import dev.dise.gateway.logs.Proto;
import dev.dise.gateway.logs.PushSize;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.InvalidEventException.Reason;
import dev.dise.schemas.LogLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LokiPushTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final byte[] FULL = LokiBodies.push(
            "{job=\"j\", level=\"warn\"}",
            LokiBodies.entry(1_769_847_300, 123_456_789, "one", "trace_id", "abc", "user", "u"),
            LokiBodies.entry(1_769_847_301, 0, "two"));
    private static final String FULL_JSON =
            "{'streams':[{'stream':{'job':'j','level':'warn'},'values':[['1769847300123456789','one',"
                    + "{'trace_id':'abc','user':'u'}],['1769847301000000000','two']]}],'other':[{}]}";

    @Test
    void bothFormsReadTheSame() {
        List<LogLine> lines = protobuf(FULL);
        assertThat(json(FULL_JSON)).isEqualTo(lines);
        LogLine one = lines.get(0);
        assertThat(one.time()).isEqualTo("2026-01-31T08:15:00.123456789Z");
        assertThat(one.toolId()).isEqualTo("j");
        assertThat(one.level()).isEqualTo(LogLevel.WARNING);
        assertThat(one.message()).isEqualTo("one");
        assertThat(one.source()).isEqualTo("urn:dise:loki");
        assertThat(one.traceparent()).isNull();
        assertThat(one.details())
                .hasToString("{\"labels\":{\"job\":\"j\",\"level\":\"warn\"},"
                        + "\"structured_metadata\":{\"trace_id\":\"abc\",\"user\":\"u\"},"
                        + "\"exact_time\":\"2026-01-31T08:15:00.123456789Z\"}");
        assertThat(lines.get(1).details()).hasToString("{\"labels\":{\"job\":\"j\",\"level\":\"warn\"}}");
    }

    @Test
    void theOrderOfFieldsMeansNothing() {
        Proto stream = Proto.message()
                .message(2, LokiBodies.entry(1, 0, "m"))
                .text(9, "unknown")
                .text(1, "{app=\"a\"}");
        LogLine line = protobuf(LokiBodies.snappy(
                        Proto.message().varint(7, 1).message(1, stream).toBytes()))
                .get(0);
        assertThat(line.toolId()).isEqualTo("a");
        assertThat(line.id())
                .isEqualTo(json("{'streams':[{'values':[[1000000000,'m']],'stream':{'app':'a'}}]}")
                        .get(0)
                        .id());
    }

    @Test
    void aLineThatIsNotUtf8IsKeptAsBytesToo() {
        Proto entry =
                Proto.message().message(1, Proto.message().varint(1, 5)).bytes(2, "caf\u00e9".getBytes(ISO_8859_1));
        LogLine line = protobuf(LokiBodies.push("{app=\"a\"}", entry)).get(0);
        assertThat(line.message()).isEqualTo("caf\uFFFD");
        assertThat(line.details().get("line_base64").stringValue()).isEqualTo("Y2Fm6Q==");
    }

    @Test
    void theSameEntryIsTheSameEventWheneverItComes() {
        List<LogLine> first = json("{'streams':[" + stream("1", "x") + "," + stream("1", "x") + "]}");
        assertThat(first.get(0).id()).isNotEqualTo(first.get(1).id());
        // A sender that failed sends again with what has come since.
        List<LogLine> again = json("{'streams':[" + stream("1", "x") + "," + stream("1", "x") + "," + stream("1", "x")
                + "," + stream("1", "y") + "," + stream("2", "x") + "]}");
        assertThat(again.subList(0, 2)).isEqualTo(first);
        assertThat(again.stream().map(LogLine::id)).doesNotHaveDuplicates();
    }

    @Test
    void theIdDependsOnAllThatMakesAnEntry() {
        String entry = "{'streams':[{'stream':{'a':'1','b':'2'},'values':[['7','l',{'m':'n'}]]}]}";
        assertThat(Stream.of(
                                json(entry),
                                list(LokiPush.json(entry.replace('\'', '"').getBytes(UTF_8)), "tenant"),
                                json(entry.replace("'1'", "'3'")),
                                json(entry.replace("'b'", "'c'")),
                                json(entry.replace("'7'", "'8'")),
                                json(entry.replace("'l'", "'m'")),
                                json(entry.replace("'n'", "'o'")))
                        .map(lines -> lines.get(0).id()))
                .doesNotHaveDuplicates();
        assertThat(json(entry.replace("'a':'1','b':'2'", "'b':'2','a':'1'"))
                        .get(0)
                        .id())
                .isEqualTo(json(entry).get(0).id());
    }

    @Test
    void anEntryWithoutTimeIsOfNowAndNewEachTime() {
        LogLine first = json("{'streams':[" + stream("0", "x") + "]}").get(0);
        assertThat(first.time()).isEqualTo(NOW);
        assertThat(json("{'streams':[" + stream("0", "x") + "]}").get(0).id()).isNotEqualTo(first.id());
        Proto bare = Proto.message().text(2, "x");
        assertThat(protobuf(LokiBodies.push("{}", bare)).get(0).time()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'tool_id':'a','tool':'b'                    | a",
                "'tool':'b','tool_name':'c'                  | b",
                "'tool_name':'c','service_name':'d'          | c",
                "'service_name':'d','job':'e'                | d",
                "'app':'f','job':'e'                         | e",
                "'app':'f','host':'g'                        | f",
                "'tool_id':' ','job':'e'                     | e",
                "'host':'g'                                  | meta",
            })
    void findsTheTool(String labels, String expected) {
        String push = "{'streams':[{'stream':{" + labels + "},'values':[['1','l',{'app':'meta'}]]}]}";
        assertThat(json(push).get(0).toolId()).isEqualTo(expected);
    }

    @Test
    void aLineOfNoToolIsOfUnknown() {
        assertThat(json("{'streams':[{'values':[['1','']]}]}").get(0))
                .satisfies(line -> assertThat(line.toolId()).isEqualTo("unknown"))
                .satisfies(line -> assertThat(line.message()).isEmpty())
                .satisfies(line -> assertThat(line.level()).isEqualTo(LogLevel.INFO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'level':'ERROR','severity':'info'} | {}                       | x                                  | ERROR",
                "{'severity':'critical'}             | {'level':'debug'}        | x                                  | CRITICAL",
                "{'detected_level':'warn'}           | {}                       | level=error                        | WARNING",
                "{'level':'loud'}                    | {'severity':'fatal'}     | x                                  | CRITICAL",
                "{}                                  | {'detected_level':'err'} | x                                  | ERROR",
                "{}                                  | {}                       | ts=1 level=warn msg=x              | WARNING",
                "{}                                  | {}                       | level=\\\"error\\\"                | ERROR",
                "{}                                  | {}                       | sublevel=error                     | INFO",
                "{}                                  | {}                       | level=error4 x                     | INFO",
                "{}                                  | {}                       | {\\\"a\\\":1, \\\"level\\\": \\\"error\\\"} | ERROR",
                "{}                                  | {}                       | say \\\"level\\\":\\\"error\\\"    | INFO",
                "{}                                  | {}                       | ERROR it broke                     | INFO",
            })
    void findsTheLevel(String labels, String metadata, String line, LogLevel expected) {
        String push = "{'streams':[{'stream':" + labels + ",'values':[['1','" + line + "'," + metadata + "]]}]}";
        assertThat(json(push).get(0).level()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{'streams':{}}",
                "{'streams':[1]}",
                "{'streams':[],'streams':[]}",
                "{'streams':[{'stream':[]}]}",
                "{'streams':[{'stream':{'a':{}}}]}",
                "{'streams':[{'values':{}}]}",
                "{'streams':[{'values':['1','x']}]}",
                "{'streams':[{'values':[['1']]}]}",
                "{'streams':[{'values':[['1',2]]}]}",
                "{'streams':[{'values':[['x','l']]}]}",
                "{'streams':[{'values':[['1e9','l']]}]}",
                "{'streams':[{'values':[[1.5,'l']]}]}",
                "{'streams':[{'values':[['99999999999999999999','l']]}]}",
                "{'streams':[{'values':[['1','l','m']]}]}",
                "{'streams':[{'values':[['1','l',{},1]]}]}",
                "{'streams':[{'values':[['1','l']]}]} x"
            })
    void refusesJsonThatIsNoPush(String body) {
        assertMalformed(() -> json(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'streams':null}", "{'streams':[]}", "{'streams':[{}]}", "{'streams':[{'values':[]}]}"})
    void takesAPushOfNothing(String body) {
        assertThat(json(body)).isEmpty();
    }

    @Test
    void refusesTimesThatProtobufHasNot() {
        assertMalformed(() -> protobuf(LokiBodies.push("{}", LokiBodies.entry(253_402_300_800L, 0, "x"))));
        assertMalformed(() -> protobuf(LokiBodies.push("{}", LokiBodies.entry(Long.MIN_VALUE, 0, "x"))));
        assertThat(protobuf(LokiBodies.push("{}", LokiBodies.entry(-1, 0, "x")))
                        .get(0)
                        .time())
                .isEqualTo("1969-12-31T23:59:59Z");
    }

    @Test
    void refusesWhatIsTooLargeBeforeInflatingIt() {
        byte[] bomb = LokiBodies.snappy(new byte[PushSize.MAX_BYTES + 1]);
        assertThat(bomb.length).isLessThan(PushSize.MAX_BYTES / 10);
        assertTooLarge(() -> protobuf(bomb));
        // Says that it is huge and is not.
        assertTooLarge(() -> protobuf(new byte[] {-1, -1, -1, -1, 7, 0}));
        Proto[] many =
                Stream.generate(Proto::message).limit(PushSize.MAX_LINES + 1).toArray(Proto[]::new);
        assertTooLarge(() -> protobuf(LokiBodies.push("{}", many)));
    }

    @Test
    void bearsAnyBody() {
        BadBodies.truncated(FULL, LokiPushTest::protobuf);
        BadBodies.random(FULL, LokiPushTest::protobuf);
        byte[] plain = Proto.message()
                .message(1, LokiBodies.stream("{a=\"b\\n\"}", LokiBodies.entry(5, 6, "l", "m", "n")))
                .toBytes();
        BadBodies.truncated(plain, body -> protobuf(LokiBodies.snappy(body)));
        BadBodies.random(plain, body -> protobuf(LokiBodies.snappy(body)));
        byte[] text = FULL_JSON.replace('\'', '"').getBytes(UTF_8);
        BadBodies.truncated(text, body -> LokiPush.json(body).lines(null, NOW));
        BadBodies.random(text, body -> LokiPush.json(body).lines(null, NOW));
    }

    private static String stream(String time, String line) {
        return "{'stream':{'job':'j'},'values':[['" + time + "','" + line + "']]}";
    }

    private static List<LogLine> json(String body) {
        return list(LokiPush.json(body.replace('\'', '"').getBytes(UTF_8)), null);
    }

    private static List<LogLine> protobuf(byte[] body) {
        return list(LokiPush.protobuf(body), null);
    }

    private static List<LogLine> list(LokiPush push, @Nullable String orgId) {
        List<LogLine> lines = new ArrayList<>();
        push.lines(orgId, NOW).forEachRemaining(lines::add);
        return lines;
    }

    private static void assertMalformed(ThrowingCallable call) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    private static void assertTooLarge(ThrowingCallable call) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }
}
