package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class IngestGatewayIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String JSON = "application/json";
    /** Nothing of this would survive being read and written again. */
    private static final String DATA = " { \"message\":\"\\u0000 \\ud83d\\ude00 é\",\"tool_id\" : \"tööl\","
            + "\"log_level\":\"WARN\", \"details\":{\"b\":1.10,\"a\":9007199254740993.0,\"e\":1E+2}}\n ";

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static GatewayService service;
    private static GatewayClient client;
    private static EventsTopic topic;
    private static final Health health = new Health();

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        Path config = Files.writeString(directory.resolve("config.yaml"), """
                kafka: { bootstrap_servers: "%s", partitions: 1, replication_factor: 1 }
                gateway: { port: 0 }
                """.formatted(kafka.bootstrapServers()));
        service = GatewayService.start(DiseConfig.load(config, Map.of()), health, new Metrics());
        client = new GatewayClient(service.port());
        topic = new EventsTopic(kafka.bootstrapServers());
        await().atMost(LONG).until(() -> client.call("GET", "/health/ready").status() == 200);
    }

    @AfterAll
    static void stop() {
        service.close();
        kafka.close();
    }

    @Test
    void storesTheVeryBytesAndAnswersWhere() throws Exception {
        Answer answer = client.post(
                "/v1/events/log",
                "application/json; charset=UTF-8",
                DATA,
                "ce-id",
                "my-id",
                "ce-source",
                "urn:dise:tool:curl",
                "ce-time",
                "2026-01-31T09:15:00.000001+01:00",
                "ce-runid",
                "run-1",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("id")).isEqualTo("my-id");
        assertThat(answer.text("status")).isEqualTo("accepted");
        assertThat(answer.text("topic")).isEqualTo("dise.events");
        ConsumerRecord<byte[], byte[]> stored =
                topic.recordAt(answer.json().get("offset").longValue());
        assertThat(stored.value()).isEqualTo(DATA.getBytes(UTF_8));
        assertThat(stored.key()).isEqualTo("tööl".getBytes(UTF_8));
        assertThat(EventsTopic.envelope(stored))
                .isEqualTo(new Envelope(
                        "my-id",
                        EventType.LOG,
                        "urn:dise:tool:curl",
                        "tööl",
                        Instant.parse("2026-01-31T08:15:00.000001Z"),
                        "run-1",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        null));
    }

    @Test
    void fillsInWhatIsLeftOut() throws Exception {
        Answer answer = client.post("/v1/events/log", JSON, log("t"));
        Envelope envelope =
                EventsTopic.envelope(topic.recordAt(answer.json().get("offset").longValue()));
        assertThat(UUID.fromString(envelope.id()).version()).isEqualTo(7);
        assertThat(envelope.id()).isEqualTo(answer.text("id"));
        assertThat(envelope.source()).isEqualTo("urn:dise:gateway");
        assertThat(envelope.subject()).isEqualTo("t");
        assertThat(envelope.time()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json               | {'type':'log','data':D}",
                "application/json               | [{'type':'dise.log.v1','data':D,'id':'i'}, {'data':D,'type':'log'}]",
                "application/cloudevents+json   | {'specversion':'1.0','type':'dise.log.v1','id':'i','source':'urn:x','subject':'tööl','datacontenttype':'application/json','myext':1,'data':D}",
                "application/cloudevents-batch+json | [{'specversion':'1.0','type':'dise.log.v1','id':'i','source':'urn:x','data':D}]",
                "application/x-ndjson           | {'type':'log','data':D}~~{'type':'log','data':D,'runid':'r','time':null}~"
            })
    void storesTheVeryBytesOfEachForm(String contentType, String template) throws Exception {
        String data = DATA.strip();
        String body = template.replace('\'', '"').replace('~', '\n').replace("D", data);
        int count = template.split("D", -1).length - 1;
        long end = topic.endOffset();
        Answer answer = client.post("/v1/events", contentType, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(statuses(answer)).hasSize(count).containsOnly("accepted");
        for (int i = 0; i < count; i++) {
            assertThat(topic.recordAt(end + i).value()).isEqualTo(data.getBytes(UTF_8));
        }
    }

    @Test
    void aBadItemCostsItselfAndNoNeighbour() throws Exception {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 1000).forEach(i -> lines.append(item(i)).append('\n'));
        long end = topic.endOffset();
        Answer answer = client.post("/v1/events", "application/x-ndjson", lines.toString());
        assertThat(answer.status()).isEqualTo(202);
        List<String> statuses = statuses(answer);
        assertThat(statuses).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(statuses.get(i)).isEqualTo(i % 100 == 7 ? "refused" : "accepted");
        }
        assertThat(topic.endOffset() - end).isEqualTo(990);
        JsonNode refused = answer.json().at("/items/7");
        assertThat(refused.get("id").stringValue()).isEqualTo("id-7");
        assertThat(refused.get("reason").stringValue()).isEqualTo("SCHEMA");
        assertThat(refused.get("message").stringValue()).isEqualTo("/message is required");
    }

    @Test
    void refusesARequestWhoseItemsAreAllBad() throws Exception {
        Answer answer = client.post("/v1/events", JSON, "[{\"type\":\"poem\",\"data\":{}},{},[],1]");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("items").findValuesAsString("reason"))
                .containsExactly("UNKNOWN_TYPE", "ENVELOPE", "MALFORMED", "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"log\",\"data\":D,\"subject\":\"x\"}",
                "{\"type\":\"log\",\"data\":D,\"tiem\":\"\"}",
                "{\"type\":\"log\"}",
                "{\"type\":\"log\",\"data\":D,\"id\":5}",
                "{\"specversion\":\"0.3\",\"type\":\"log\",\"data\":D}",
                "{\"specversion\":\"1.0\",\"type\":\"dise.log.v1\",\"data_base64\":\"e30=\"}"
            })
    void refusesImpossibleAttributesOfAnItem(String template) throws Exception {
        Answer answer = client.post("/v1/events", JSON, template.replace("D", log("t")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/items/0/reason").asString()).isEqualTo("ENVELOPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2036-11-01T00:00:00.5+05:30", "+300000-01-01T00:00:00Z"})
    void takesTimesFarAway(String time) throws Exception {
        Answer answer = client.post("/v1/events/log", JSON, log("t"), "ce-time", time);
        assertThat(answer.status()).isEqualTo(202);
        ConsumerRecord<byte[], byte[]> stored =
                topic.recordAt(answer.json().get("offset").longValue());
        assertThat(EventsTopic.envelope(stored).time()).isEqualTo(EnvelopeHeaders.parseTime(time));
        assertThat(Instant.ofEpochMilli(stored.timestamp()))
                .isAfter(Instant.now().minusSeconds(600));
    }

    @Test
    void aDeletionNamesItsTargetInTheHeaders() throws Exception {
        Answer answer = client.post(
                "/v1/events/deletion", JSON, "{\"target_type\":\"plan\",\"target_id\":\"p-1\",\"reason\":null}");
        Envelope envelope =
                EventsTopic.envelope(topic.recordAt(answer.json().get("offset").longValue()));
        assertThat(envelope.targetType()).isEqualTo(EventType.PLAN);
        assertThat(envelope.subject()).isEqualTo("p-1");
    }

    @Test
    void takesAnEventOfTheLargestSize() throws Exception {
        int room = Event.MAX_DATA_BYTES - log("t").length() + 1;
        String data = log("t").replace("\"m\"", "\"" + "x".repeat(room) + "\"");
        assertThat(client.post("/v1/events/log", JSON, data).status()).isEqualTo(202);
    }

    @Test
    void tellsTypesSchemasAndHowItIs() throws Exception {
        JsonNode types = client.call("GET", "/v1/schemas").json().get("types");
        assertThat(types.findValuesAsString("type")).isEqualTo(EventType.wireNames());
        Answer schema = client.call("GET", "/v1/schemas/log");
        assertThat(schema.header("Content-Type")).isEqualTo("application/schema+json");
        assertThat(schema.text("title")).isEqualTo("dise.log.v1");
        assertThat(client.call("GET", "/v1/schemas/poem").status()).isEqualTo(422);
        assertThat(client.call("GET", "/health/live").text("status")).isEqualTo("up");
        client.post("/v1/events/log", JSON, log("t"));
        assertThat(client.call("GET", "/metrics").response().body())
                .contains("dise_gateway_events_total{reason=\"\",status=\"accepted\"}")
                .contains("dise_emitter_dropped_total{reason=\"BUFFER_FULL\"}");
    }

    private static String item(int i) {
        String data = i % 100 == 7 ? "{\"tool_id\":\"t\",\"log_level\":\"info\"}" : log("t" + i % 5);
        return "{\"type\":\"log\",\"id\":\"id-" + i + "\",\"data\":" + data + "}";
    }

    private static String log(String toolId) {
        return "{\"tool_id\":\"" + toolId + "\",\"log_level\":\"info\",\"message\":\"m\"}";
    }

    private static List<String> statuses(Answer answer) {
        return StreamSupport.stream(answer.json().get("items").spliterator(), false)
                .map(item -> item.get("status").stringValue())
                .toList();
    }
}
