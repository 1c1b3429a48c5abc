package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.gateway.logs.Proto;
import dev.dise.gateway.loki.LokiBodies;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.Json;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Senders that were made for Loki and OpenTelemetry, pointed at the gateway. */
class LogPushIT {
    private static final String LOKI = "/loki/api/v1/push";
    private static final String OTLP = "/v1/logs";
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static GatewayService service;
    private static GatewayClient client;
    private static EventsTopic topic;

    private long before;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        Path config = Files.writeString(directory.resolve("config.yaml"), """
                kafka: { bootstrap_servers: "%s", partitions: 1, replication_factor: 1 }
                gateway: { port: 0 }
                """.formatted(kafka.bootstrapServers()));
        service = GatewayService.start(DiseConfig.load(config, Map.of()), new Health(), new Metrics());
        client = new GatewayClient(service.port());
        topic = new EventsTopic(kafka.bootstrapServers());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.call("GET", "/ready").status() == 200);
    }

    @AfterAll
    static void stop() {
        service.close();
        kafka.close();
    }

    @BeforeEach
    void look() {
        before = topic.endOffset();
    }

    @Test
    void takesWhatTheSenderOfDiseSends() throws Exception {
        String line = "{\\n  \\\"exception_type\\\": \\\"ValueError\\\",\\n  \\\"severity\\\": \\\"error\\\",\\n"
                + "  \\\"exception_message\\\": \\\"caf\\\\u00e9\\\"\\n}";
        String body = "{\"streams\": [{\"stream\": {\"job\": \"code_evolver_bugcatcher\", \"severity\": \"error\", "
                + "\"exception_type\": \"ValueError\", \"workflow_id\": \"wf_1\", \"tool_name\": \"llm_generator\"}, "
                + "\"values\": [[\"1769847300123456000\", \"" + line + "\"]]}, "
                + "{\"stream\": {\"job\": \"code_evolver_perfcatcher\", \"variance_level\": \"high\"}, "
                + "\"values\": [[\"1769847300123457024\", \"{}\"]]}]}";
        Answer answer = client.post(LOKI, JSON, body, "User-Agent", "python-requests/2.31.0");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(204);
        List<ConsumerRecord<byte[], byte[]>> stored = stored();
        assertThat(stored).hasSize(2);
        assertThat(data(stored.get(0))).isEqualTo(Json.parse("""
                        {"tool_id":"llm_generator","log_level":"error",
                         "message":"{\\n  \\"exception_type\\": \\"ValueError\\",\\n  \\"severity\\": \\"error\\",\\n  \\"exception_message\\": \\"caf\\\\u00e9\\"\\n}",
                         "details":{"labels":{"job":"code_evolver_bugcatcher","severity":"error",
                           "exception_type":"ValueError","workflow_id":"wf_1","tool_name":"llm_generator"}}}
                        """.getBytes(UTF_8)));
        Envelope envelope = EventsTopic.envelope(stored.get(0));
        assertThat(envelope.subject()).isEqualTo("llm_generator");
        assertThat(envelope.source()).isEqualTo("urn:dise:loki");
        assertThat(envelope.time()).isEqualTo("2026-01-31T08:15:00.123456Z");
        assertThat(data(stored.get(1)).get("tool_id").stringValue()).isEqualTo("code_evolver_perfcatcher");
        assertThat(data(stored.get(1)).at("/details/exact_time").stringValue())
                .isEqualTo("2026-01-31T08:15:00.123457024Z");
    }

    @Test
    void storesAPushThatIsSentAgainAsTheSameEvents() throws Exception {
        byte[] push = LokiBodies.push(
                "{app=\"a\"}", LokiBodies.entry(1, 2, "x"), LokiBodies.entry(1, 2, "x"), LokiBodies.entry(1, 3, "x"));
        assertThat(client.post(LOKI, PROTOBUF, push).status()).isEqualTo(204);
        assertThat(client.post(LOKI, PROTOBUF, push, "Content-Encoding", "snappy")
                        .status())
                .isEqualTo(204);
        List<String> ids = ids(stored());
        assertThat(ids).hasSize(6);
        assertThat(ids.subList(0, 3)).doesNotHaveDuplicates().isEqualTo(ids.subList(3, 6));
    }

    @Test
    void takesWhatPromtailSends() throws Exception {
        byte[] push = LokiBodies.push(
                "{filename=\"C:\\\\logs\\\\a.log\", job=\"varlogs\"}",
                LokiBodies.entry(1_769_847_300, 7, "level=warn msg=\"é\"", "trace_id", "abc"));
        assertThat(client.post(LOKI, PROTOBUF, push, "X-Scope-OrgID", "team-a").status())
                .isEqualTo(204);
        assertThat(data(stored().get(0))).isEqualTo(Json.parse("""
                        {"tool_id":"varlogs","log_level":"warning","message":"level=warn msg=\\"é\\"",
                         "details":{"labels":{"filename":"C:\\\\logs\\\\a.log","job":"varlogs"},
                           "structured_metadata":{"trace_id":"abc"},"org_id":"team-a",
                           "exact_time":"2026-01-31T08:15:00.000000007Z"}}
                        """.getBytes(UTF_8)));
    }

    @Test
    void aRefusedLineCostsItselfAlone() throws Exception {
        String large = "x".repeat(Event.MAX_DATA_BYTES);
        byte[] push = LokiBodies.push(
                "{app=\"a\"}",
                LokiBodies.entry(1, 0, "first"),
                LokiBodies.entry(2, 0, large),
                LokiBodies.entry(3, 0, "last", "n".repeat(300), "v"),
                LokiBodies.entry(4, 0, ""));
        Answer answer = client.post(LOKI, PROTOBUF, push);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().body())
                .startsWith(
                        "2 of 4 lines refused, the others are stored: line 2: the event must have at most 921600 bytes")
                .contains("line 3: ");
        assertThat(stored().stream().map(each -> data(each).get("message").stringValue()))
                .containsExactly("first", "");
    }

    @Test
    void aPushMayBeLargerThanWhatIsUnderWayAtOneTime() throws Exception {
        String line = "y".repeat(400);
        Proto[] entries = IntStream.range(0, 20_000)
                .mapToObj(i -> LokiBodies.entry(1, i, line))
                .toArray(Proto[]::new);
        assertThat(client.post(LOKI, PROTOBUF, LokiBodies.push("{app=\"a\"}", entries))
                        .status())
                .isEqualTo(204);
        assertThat(topic.endOffset() - before).isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void takesWhatTheSdkOfOpenTelemetrySends(String compression) {
        OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint("http://127.0.0.1:" + service.port() + OTLP)
                .setCompression(compression)
                .build();
        Resource resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "checkout"));
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
                .build()) {
            provider.loggerBuilder("my.lib")
                    .setInstrumentationVersion("1.2")
                    .build()
                    .logRecordBuilder()
                    .setTimestamp(Instant.parse("2026-01-31T08:15:00.123456Z"))
                    .setContext(span())
                    .setSeverity(Severity.ERROR3)
                    .setSeverityText("SEVERE")
                    .setBody(Value.of(KeyValue.of("a", Value.of(1)), KeyValue.of("b", Value.of(new byte[] {1}))))
                    .setAttribute(AttributeKey.longKey("count"), 9_007_199_254_740_993L)
                    .setAttribute(AttributeKey.doubleArrayKey("rates"), List.of(0.5, Double.POSITIVE_INFINITY))
                    .setException(new IllegalStateException("broken"))
                    .emit();
            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }
        ConsumerRecord<byte[], byte[]> event = stored().get(0);
        assertThat(EventsTopic.envelope(event))
                .satisfies(it -> assertThat(it.subject()).isEqualTo("checkout"))
                .satisfies(it -> assertThat(it.source()).isEqualTo("urn:dise:otlp"))
                .satisfies(it -> assertThat(it.time()).isEqualTo("2026-01-31T08:15:00.123456Z"))
                .satisfies(it -> assertThat(it.traceparent())
                        .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        JsonNode data = data(event);
        assertThat(data.get("log_level").stringValue()).isEqualTo("error");
        assertThat(data.get("message").stringValue()).isEqualTo("{\"a\":1,\"b\":\"AQ==\"}");
        JsonNode details = data.get("details");
        assertThat(details.get("body")).hasToString("{\"a\":1,\"b\":\"AQ==\"}");
        assertThat(details.at("/resource/attributes/service.name").stringValue())
                .isEqualTo("checkout");
        assertThat(details.get("scope")).hasToString("{\"name\":\"my.lib\",\"version\":\"1.2\"}");
        assertThat(details.at("/attributes/count").longValue()).isEqualTo(9_007_199_254_740_993L);
        assertThat(details.at("/attributes/rates")).hasToString("[0.5,\"Infinity\"]");
        assertThat(details.at("/attributes/exception.message").stringValue()).isEqualTo("broken");
        assertThat(details.at("/attributes/exception.stacktrace").stringValue()).contains("LogPushIT");
        assertThat(details.get("severity_number").intValue()).isEqualTo(19);
        assertThat(details.get("severity_text").stringValue()).isEqualTo("SEVERE");
        assertThat(Instant.parse(details.get("observed_time").stringValue())).isAfter("2026-01-31T08:15:00Z");
    }

    @Test
    void takesOtlpInJsonAndTheSameAgain() throws Exception {
        String body = """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},
                  "scopeLogs":[{"logRecords":[{"timeUnixNano":"1769847300000000000","body":{"stringValue":"hello"}}]}]}]}
                """;
        Answer answer = client.post(OTLP, JSON, body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(JSON);
        assertThat(answer.response().body()).isEqualTo("{}");
        assertThat(client.post(OTLP, JSON, gzip(body), "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(200);
        assertThat(ids(stored()))
                .hasSize(2)
                .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
        assertThat(data(stored().get(0)).get("message").stringValue()).isEqualTo("hello");
    }

    @Test
    void saysHowManyRecordsWereRefused() throws Exception {
        String record = "{\"timeUnixNano\":\"1\",\"body\":{\"stringValue\":\"%s\"}}";
        String body = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + record.formatted("good") + ","
                + record.formatted("x".repeat(Event.MAX_DATA_BYTES)) + "]}]}]}";
        Answer answer = client.post(OTLP, JSON, body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/partialSuccess/rejectedLogRecords").stringValue())
                .isEqualTo("1");
        assertThat(answer.json().at("/partialSuccess/errorMessage").stringValue())
                .contains("line 2: the event must have at most");
        assertThat(stored()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/loki/api/v1/push, application/json,       x,  400, text/plain; charset=utf-8",
        "/loki/api/v1/push, application/x-protobuf, x,  400, text/plain; charset=utf-8",
        "/loki/api/v1/push, text/plain,             x,  415, text/plain; charset=utf-8",
        "/v1/logs,          application/json,       x,  400, application/json",
        "/v1/logs,          application/x-protobuf, x,  400, application/x-protobuf",
        "/v1/logs,          text/plain,             x,  415, application/problem+json",
    })
    void refusesWhatIsNoPushInTheWordsOfItsProtocol(
            String path, String contentType, String body, int status, String answered) throws Exception {
        Answer answer = client.post(path, contentType, body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo(answered);
        assertThat(answer.response().body()).isNotEmpty().doesNotContain("Exception");
        assertThat(stored()).isEmpty();
    }

    @Test
    void refusesCompressionThatIsBrokenOrABomb() throws Exception {
        Answer broken = client.post(OTLP, JSON, "no gzip", "Content-Encoding", "gzip");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().get("code").intValue()).isEqualTo(3);
        byte[] bomb = gzip(" ".repeat(33 * 1024 * 1024));
        assertThat(client.post(OTLP, JSON, bomb, "Content-Encoding", "gzip").status())
                .isEqualTo(413);
        assertThat(client.call("PUT", LOKI).header("Allow")).isEqualTo("POST");
        assertThat(client.post(LOKI, JSON, "{}", "X-Scope-OrgID", "o".repeat(151))
                        .status())
                .isEqualTo(400);
    }

    private static Context span() {
        SpanContext span = SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(span));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private List<ConsumerRecord<byte[], byte[]>> stored() {
        return topic.recordsFrom(before);
    }

    private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> events) {
        return events.stream().map(event -> EventsTopic.envelope(event).id()).toList();
    }

    private static JsonNode data(ConsumerRecord<byte[], byte[]> event) {
        return Json.parse(event.value());
    }
}
