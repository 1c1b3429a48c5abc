package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Two collections of bad input: JSON that must be taken ({@code y}), must not ({@code n}), or that others may refuse and
 * this does not ({@code i}); and strings that have broken programs. Each is stored byte for byte, or refused with a reason.
 */
class CorpusIT extends OneGateway {
    private static final String JSON = "application/json";
    private static final int LONGEST_SUBJECT = 500;

    @ParameterizedTest
    @MethodSource("jsonCases")
    void takesJsonAndNothingElse(String kind, byte[] json) throws Exception {
        byte[] data = MalformedBodies.concat(
                "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\",\"details\":".getBytes(UTF_8),
                json,
                "}".getBytes(UTF_8));
        Answer answer = rig.client.post("/v1/events/log", JSON, data);
        if (kind.equals("n")) {
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
            assertThat(answer.text("reason")).isEqualTo("MALFORMED");
            assertThat(rig.outlet.taken()).isEmpty();
        } else {
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
            assertThat(rig.outlet.taken())
                    .singleElement()
                    .satisfies(event -> assertThat(event.data()).isEqualTo(data));
        }
        itemsAreJudgedAlike(kind, data);
    }

    private static void itemsAreJudgedAlike(String kind, byte[] data) throws Exception {
        byte[] item = MalformedBodies.concat("{\"type\":\"log\",\"data\":".getBytes(UTF_8), data, "}".getBytes(UTF_8));
        byte[] array = MalformedBodies.concat("[".getBytes(UTF_8), item, "]".getBytes(UTF_8));
        for (byte[] body : List.of(item, array)) {
            Answer answer = rig.client.post("/v1/events", JSON, body);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(kind.equals("n") ? 400 : 202);
            List<Event> taken = rig.outlet.taken();
            assertThat(taken).hasSize(kind.equals("n") ? 0 : 1);
            taken.forEach(event -> assertThat(event.data()).isEqualTo(data));
        }
    }

    @ParameterizedTest
    @MethodSource("naughtyStrings")
    void keepsAnyTextOfAMessage(String text) throws Exception {
        byte[] data = Json.encode(Map.of("tool_id", "t", "log_level", "info", "message", text));
        assertThat(rig.client.post("/v1/events/log", JSON, data).status()).isEqualTo(202);
        assertThat(rig.outlet.taken())
                .singleElement()
                .satisfies(event -> assertThat(event.data()).isEqualTo(data));
    }

    @ParameterizedTest
    @MethodSource("naughtyStrings")
    void keepsAnySubjectThatIsNotBlankOrTooLong(String text) throws Exception {
        byte[] data = Json.encode(Map.of("tool_id", text, "log_level", "info", "message", "m"));
        Answer answer = rig.client.post("/v1/events/log", JSON, data);
        if (text.codePointCount(0, text.length()) > LONGEST_SUBJECT) {
            assertRefused(answer, 400, "SCHEMA");
        } else if (text.isBlank()) {
            assertRefused(answer, 422, "ENVELOPE");
        } else {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(rig.outlet.taken())
                    .singleElement()
                    .satisfies(event -> assertThat(event.envelope().subject()).isEqualTo(text));
        }
    }

    @ParameterizedTest
    @MethodSource("naughtyStrings")
    void keepsAnyIdInAHeaderAsInABody(String text) throws Exception {
        byte[] data = MalformedBodies.GOOD.getBytes(UTF_8);
        String encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");
        Answer header = rig.client.post("/v1/events/log", JSON, data, "ce-id", encoded);
        byte[] item = Json.encode(Map.of("type", "log", "id", text, "data", Json.parse(data)));
        Answer body = rig.client.post("/v1/events", JSON, item);
        if (text.isBlank() || text.length() > EventIds.MAX_LENGTH) {
            assertRefused(header, encoded.length() > 15_000 ? 431 : 422, "ENVELOPE");
            assertThat(body.json().at("/items/0/reason").asString()).isEqualTo("ENVELOPE");
        } else {
            assertThat(header.text("id")).isEqualTo(text);
            assertThat(body.json().at("/items/0/id").asString()).isEqualTo(text);
            assertThat(rig.outlet.taken())
                    .extracting(event -> event.envelope().id())
                    .containsExactly(text, text);
        }
    }

    @ParameterizedTest
    @MethodSource("naughtyStrings")
    void rawHeadersAreKeptOrRefusedAndNeverChanged(String text) throws Exception {
        try (RawClient raw = rig.raw()) {
            byte[] request = MalformedBodies.concat(
                    "POST /v1/events/log HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nce-source: "
                            .getBytes(UTF_8),
                    text.getBytes(UTF_8),
                    ("\r\nContent-Length: " + MalformedBodies.GOOD.length() + "\r\n\r\n" + MalformedBodies.GOOD)
                            .getBytes(UTF_8));
            RawClient.Answer answer = raw.send(request).answer();
            assertThat(answer.status()).as(answer.text()).isIn(202, 400, 422, 431);
            if (answer.status() == 202) {
                String sent = text.strip().contains("%") ? "decoded" : text.strip();
                assertThat(rig.outlet.taken())
                        .singleElement()
                        .satisfies(event -> assertThat(event.envelope().source())
                                .matches(source -> sent.equals("decoded")
                                        || source.equals(sent)
                                        || sent.equals("\"" + source + "\"")
                                        || sent.startsWith("crlf")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("naughtyStrings")
    void noTextIsATypeOrBreaksAPath(String text) throws Exception {
        byte[] item = Json.encode(Map.of("type", text, "data", Json.parse(MalformedBodies.GOOD.getBytes(UTF_8))));
        assertThat(rig.client
                        .post("/v1/events", JSON, item)
                        .json()
                        .at("/items/0/reason")
                        .asString())
                .isEqualTo("UNKNOWN_TYPE");
        String encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");
        Answer path = rig.client.post("/v1/events/" + encoded, JSON, MalformedBodies.GOOD);
        assertThat(path.status()).as(path.response().body()).isIn(400, 404, 414, 422);
        Answer query = rig.client.post("/v1/events/log?q=" + encoded, JSON, MalformedBodies.GOOD);
        assertThat(query.status()).as(query.response().body()).isIn(202, 400, 414);
    }

    private static void assertRefused(Answer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThatCode(answer::json).doesNotThrowAnyException();
    }

    static Stream<Arguments> jsonCases() {
        return lines("json-cases.jsonl")
                .map(Json.mapper()::readTree)
                .map(node -> argumentSet(
                        node.get("kind").stringValue() + " " + node.get("name").stringValue(),
                        node.get("kind").stringValue(),
                        node.get("bytes").stringValue().getBytes(ISO_8859_1)));
    }

    static Stream<String> naughtyStrings() {
        return lines("naughty-strings.jsonl").map(Json.mapper()::readTree).map(JsonNode::stringValue);
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = CorpusIT.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8).lines().filter(line -> !line.isBlank());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
