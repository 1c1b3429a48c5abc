package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.Redaction;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.HttpConfig;
import dev.dise.schemas.Event;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be refused at the door. There is no broker here: whatever slipped through would end as 503. */
class BadInputIT {
    private static final String GOOD = MalformedBodies.GOOD;
    private static final String JSON = "application/json";

    private static ArtifactEmitter emitter;
    private static IngestGateway gateway;
    private static GatewayClient client;

    @BeforeAll
    static void start() {
        emitter = ArtifactEmitter.builder()
                .overflow(new Overflow.DropNewest())
                .redaction(Redaction.none())
                .bootstrapServers("127.0.0.1:1")
                .source("urn:dise:gateway")
                .build();
        gateway = IngestGateway.start(new HttpConfig("127.0.0.1", 0), emitter, new Metrics(), new Health());
        client = new GatewayClient(gateway.port());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        emitter.close();
    }

    @ParameterizedTest
    @MethodSource("dev.dise.gateway.MalformedBodies#all")
    void refusesWhatIsNotStrictJson(byte[] body) throws Exception {
        assertRefused(client.post("/v1/events/log", JSON, body), 400, "MALFORMED");
    }

    @ParameterizedTest
    @MethodSource("dev.dise.gateway.MalformedBodies#all")
    void refusesTheSameAsAnItem(byte[] body) throws Exception {
        byte[] item = MalformedBodies.concat("{\"type\":\"log\",\"data\":".getBytes(UTF_8), body, "}".getBytes(UTF_8));
        Answer answer = client.post("/v1/events", JSON, item);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().body()).doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/events/log                   | text/plain                      | 415 | CONTENT_TYPE",
                "/v1/events/log                   | application/cloudevents+json    | 415 | CONTENT_TYPE",
                "/v1/events/log                   | application/json;charset=utf-16 | 415 | CONTENT_TYPE",
                "/v1/events                       | text/plain                      | 415 | CONTENT_TYPE",
                "/v1/events                       | ;;                              | 415 | CONTENT_TYPE",
                "/v1/events/poem                  | application/json                | 422 | UNKNOWN_TYPE",
                "/v1/events/LOG                   | application/json                | 422 | UNKNOWN_TYPE",
                "/v1/events/x%22%3B%20drop%20table | application/json               | 422 | UNKNOWN_TYPE",
                "/v1/events/..%2Flog              | application/json                | 404 | NOT_FOUND",
                "/v1/events/log/x                 | application/json                | 404 | NOT_FOUND",
                "/v2/events                       | application/json                | 404 | NOT_FOUND",
            })
    void refusesWhatDoesNotFitThePath(String path, String contentType, int status, String reason) throws Exception {
        assertRefused(client.post(path, contentType, GOOD), status, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce-time    | 2024-13-45            | /time",
                "ce-time    | yesterday             | /time",
                "ce-time    | 2026-01-31T08:15:00   | /time",
                "ce-time    | 2026-01-31T24:00:00Z  | /time",
                "ce-subject | other                 | /subject",
                "ce-source  | ''                    | /source",
                "ce-id      | ''                    | /id",
            })
    void refusesImpossibleAttributes(String header, String value, String path) throws Exception {
        Answer answer = client.post("/v1/events/log", JSON, GOOD, header, value);
        assertRefused(answer, 422, "ENVELOPE");
        assertThat(answer.json().at("/violations/0/path").asString()).isEqualTo(path);
    }

    @Test
    void refusesAnIdThatIsTooLong() throws Exception {
        assertRefused(client.post("/v1/events/log", JSON, GOOD, "ce-id", "i".repeat(201)), 422, "ENVELOPE");
    }

    @Test
    void namesEveryBrokenRuleOfTheSchema() throws Exception {
        Answer answer = client.post("/v1/events/bug_report", JSON, "{\"severity\":\"urgent\",\"extra\":1}");
        assertRefused(answer, 400, "SCHEMA");
        assertThat(answer.json().get("violations").findValuesAsString("path"))
                .containsExactlyInAnyOrder("/bug_id", "/tool_id", "/message", "/severity", "/extra");
        assertThat(answer.text("detail")).contains("/severity must be one of low, medium, high, critical");
    }

    @Test
    void refusesAnEventThatIsTooLargeWhereverItIs() throws Exception {
        String large = GOOD.replace("\"m\"", "\"" + "x".repeat(Event.MAX_DATA_BYTES) + "\"");
        assertRefused(client.post("/v1/events/log", JSON, large), 413, "TOO_LARGE");
        Answer batch = client.post("/v1/events", JSON, "{\"type\":\"log\",\"data\":" + large + "}");
        assertThat(batch.json().at("/items/0/reason").asString()).isEqualTo("TOO_LARGE");
    }

    @Test
    void refusesTooManyItems() throws Exception {
        String items = IntStream.range(0, 1001).mapToObj(i -> "{}").collect(Collectors.joining(",", "[", "]"));
        assertRefused(client.post("/v1/events", JSON, items), 413, "TOO_LARGE");
        assertRefused(client.post("/v1/events", JSON, "[]"), 400, "MALFORMED");
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeReadingIt() throws Exception {
        String head = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        assertThat(client.raw(head + "Content-Length: 8388609\r\n\r\n")).contains(" 413 ");
        assertThat(client.raw(head + "Content-Length: 8388609\r\nExpect: 100-continue\r\n\r\n"))
                .contains(" 413 ");
        assertThat(client.raw(head + "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n810000\r\n" + " ".repeat(0x810000)))
                .contains(" 413 ");
        assertThat(client.raw(head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .contains(" 400 ");
        assertThat(client.raw(head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"))
                .contains(" 400 ");
    }

    @Test
    void refusesCompressedBodies() throws Exception {
        Answer answer = client.post("/v1/events/log", JSON, GOOD, "Content-Encoding", "gzip, gzip");
        assertRefused(answer, 415, "CONTENT_ENCODING");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/events,POST",
        "PUT,/v1/events/log,POST",
        "DELETE,/v1/events/log,POST",
        "POST,/v1/schemas,GET",
        "POST,/health/live,GET",
        "PATCH,/metrics,GET"
    })
    void namesTheMethodThatAPathTakes(String method, String path, String allowed) throws Exception {
        Answer answer = client.call(method, path);
        assertRefused(answer, 405, "METHOD_NOT_ALLOWED");
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void aRequestWithoutContentTypeIsRefused() throws Exception {
        assertRefused(client.call("POST", "/v1/events/log"), 415, "CONTENT_TYPE");
        assertThat(emitter.stats().dropped()).isEqualTo(Map.of());
        assertThat(emitter.stats().accepted()).isZero();
    }

    private static void assertRefused(Answer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
        assertThat(answer.text("type")).startsWith("urn:dise:problem:");
        assertThat(answer.text("title")).isNotEmpty();
        assertThat(answer.response().body()).doesNotContain("Exception", "\tat ");
    }
}
