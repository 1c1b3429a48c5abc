package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that events come in, and the ways in which they are packed. */
class FormsIT extends OneGateway {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final String LOG = "{ \"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"1.0\" }";

    @Test
    void takesACloudEventInBinaryMode() throws Exception {
        Answer answer = rig.client.post(
                "/v1/events",
                JSON,
                LOG.replace("\"t\"", "\"Euro € 😀\""),
                "ce-specversion",
                "1.0",
                "ce-type",
                "dise.log.v1",
                "ce-id",
                "\"a \\\"b\\\"\"",
                "ce-source",
                "urn:x:%e2%82%AC",
                "ce-subject",
                "Euro%20%E2%82%AC%20%F0%9F%98%80",
                "ce-time",
                "2026-01-31T08:15:00Z",
                "ce-myextension",
                "is left behind",
                "ce-runid",
                "run-1",
                "ce-traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.text("id")).isEqualTo("a \"b\"");
        assertThat(rig.outlet.taken())
                .singleElement()
                .extracting(Event::envelope)
                .isEqualTo(new Envelope(
                        "a \"b\"",
                        EventType.LOG,
                        "urn:x:€",
                        "Euro € 😀",
                        Instant.parse("2026-01-31T08:15:00Z"),
                        "run-1",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce-type        | dise.poem.v1 | UNKNOWN_TYPE | /type",
                "ce-specversion | 0.3          | ENVELOPE     | /specversion",
                "ce-id          | 100%         | ENVELOPE     | /id",
                "ce-id          | %C0%A0       | ENVELOPE     | /id",
                "ce-id          | %ff          | ENVELOPE     | /id",
                "ce-id          | %4           | ENVELOPE     | /id",
                "ce-id          | %ED%A0%80    | ENVELOPE     | /id",
                "ce-id          | \"x          | ENVELOPE     | /id",
                "ce-subject     | other        | ENVELOPE     | /subject"
            })
    void refusesImpossibleHeadersOfACloudEvent(String header, String value, String reason, String path)
            throws Exception {
        String type = header.equals("ce-type") ? value : "dise.log.v1";
        Answer answer = rig.client.post("/v1/events", JSON, LOG, "ce-type", type, header, value);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.json().at("/violations/0/path").asString()).isEqualTo(path);
        assertThat(rig.outlet.taken()).isEmpty();
    }

    @Test
    void theTypeOfThePathMustNotBeContradicted() throws Exception {
        assertThat(rig.client
                        .post("/v1/events/log", JSON, LOG, "ce-type", "dise.log.v1")
                        .status())
                .isEqualTo(202);
        assertThat(rig.client
                        .post("/v1/events/log", JSON, LOG, "ce-type", "dise.plan.v1")
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "zstd"})
    void unpacksBodiesAndKeepsTheBytes(String encoding) throws Exception {
        byte[] packed =
                encoding.equals("zstd") ? Zstd.compress(LOG.getBytes(UTF_8)) : Packing.gzip(LOG.getBytes(UTF_8));
        for (int i = 0; i < 2; i++) {
            Answer answer = rig.client.post("/v1/events/log", JSON, packed, "Content-Encoding", encoding);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        }
        assertThat(rig.outlet.taken()).extracting(ScriptedOutlet::dataOf).containsExactly(LOG, LOG);
        byte[] lines = (item(1) + "\n" + item(2)).getBytes(UTF_8);
        byte[] packedLines = encoding.equals("zstd") ? Zstd.compress(lines) : Packing.gzip(lines);
        assertThat(rig.client
                        .post("/v1/events", LINES, packedLines, "Content-Encoding", encoding)
                        .json()
                        .get("accepted")
                        .intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, gzip", "br", "deflate", "gzip,", "zstd, gzip", "compress"})
    void refusesOtherWaysOfPacking(String encoding) throws Exception {
        Answer answer = rig.client.post(
                "/v1/events/log", JSON, Packing.gzip(LOG.getBytes(UTF_8)), "Content-Encoding", encoding);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text("reason")).isEqualTo("CONTENT_ENCODING");
        assertThat(answer.header("Accept-Encoding")).isEqualTo("gzip, zstd");
    }

    @Test
    void refusesWhatIsNotPackedAsItSays() throws Exception {
        byte[] zipped = Packing.gzip(LOG.repeat(100).getBytes(UTF_8));
        byte[] flipped = zipped.clone();
        flipped[zipped.length / 2] ^= 0x55;
        byte[] zstd = Zstd.compress(LOG.repeat(100).getBytes(UTF_8));
        for (byte[] bad : List.of(
                Arrays.copyOf(zipped, zipped.length / 2), flipped, LOG.getBytes(UTF_8), new byte[0], new byte[] {31})) {
            assertEncoding(rig.client.post("/v1/events/log", JSON, bad, "Content-Encoding", "gzip"));
        }
        for (byte[] bad : List.of(Arrays.copyOf(zstd, zstd.length / 2), LOG.getBytes(UTF_8))) {
            assertEncoding(rig.client.post("/v1/events/log", JSON, bad, "Content-Encoding", "zstd"));
        }
    }

    @Test
    void refusesBombs() throws Exception {
        byte[] zeros = new byte[64 << 20];
        Arrays.fill(zeros, (byte) ' ');
        for (String type : new String[] {JSON, LINES}) {
            Answer zipped = rig.client.post("/v1/events", type, Packing.gzip(zeros), "Content-Encoding", "gzip");
            assertThat(zipped.status()).as(type).isEqualTo(413);
            assertThat(zipped.text("reason")).isEqualTo("DECOMPRESSED_TOO_LARGE");
            Answer zstd = rig.client.post("/v1/events", type, Zstd.compress(zeros), "Content-Encoding", "zstd");
            assertThat(zstd.text("reason")).isEqualTo("DECOMPRESSED_TOO_LARGE");
        }
    }

    @Test
    void refusesAWindowOfZstdThatIsTooLarge() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(packed)) {
            out.setLong(27);
            out.write(LOG.getBytes(UTF_8));
        }
        assertEncoding(rig.client.post("/v1/events/log", JSON, packed.toByteArray(), "Content-Encoding", "zstd"));
    }

    @Test
    void saysWhereAnEventIsSafe() throws Exception {
        Answer single = rig.client.post("/v1/events/log", JSON, LOG);
        assertThat(single.header("Ingest-Ack")).isEqualTo("kafka");
        assertThat(single.text("safe_in")).isEqualTo("kafka");
        rig.outlet.answer(event ->
                event.envelope().id().equals("id-1") ? ScriptedOutlet.inSpool(event) : ScriptedOutlet.inKafka(event));
        Answer batch = rig.client.post("/v1/events", JSON, "[" + item(0) + "," + item(1) + "]");
        assertThat(batch.header("Ingest-Ack")).isEqualTo("spool");
        assertThat(batch.json().get("items").findValuesAsString("safe_in")).containsExactly("kafka", "spool");
        assertThat(rig.client.post("/v1/events/log", JSON, LOG, "ce-id", "id-1").header("Ingest-Ack"))
                .isEqualTo("spool");
    }

    @Test
    void whatIsNotSafeInTimeIsUnknown() throws Exception {
        rig.outlet.answer(event -> new CompletableFuture<Receipt>());
        Answer answer = rig.client.post("/v1/events", JSON, "[" + item(0) + ",{}]");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 30);
        assertThat(answer.json().get("items").findValuesAsString("reason"))
                .containsExactly("OUTCOME_UNKNOWN", "ENVELOPE");
    }

    @Test
    void aRepeatedIdIsTakenAgainAsTheSameEvent() throws Exception {
        for (int i = 0; i < 2; i++) {
            Answer answer = rig.client.post("/v1/events/log", JSON, LOG, "ce-id", "same");
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.text("id")).isEqualTo("same");
        }
        assertThat(rig.outlet.taken())
                .extracting(event -> event.envelope().id())
                .containsExactly("same", "same");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'type':'log','data':D} {'type':'log','data':D}]",
                "[{'type':'log','data':D},]",
                "[{'type':'log','data':D}",
                "[{'type':'log','data':D}]]",
                "[{'type':'log','data':D}]x",
                "[{'type':'log','data':{'tool_id':[}}]"
            })
    void anArrayThatIsBrokenBetweenItsItemsIsRefusedAsAWhole(String template) throws Exception {
        Answer answer =
                rig.client.post("/v1/events", JSON, template.replace('\'', '"').replace("D", LOG));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("reason")).isEqualTo("MALFORMED");
        assertThat(rig.outlet.taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'log','data':D,'type':'log'}",
                "{'specversion':'1.0','type':'log','data':D,'x':1,'x':1}",
                "{'specversion':'1.0','type':'log','data':D,'x':tru}",
                "{'specversion':'1.0','type':'log','data':D,'x':01}",
                "{'type':'log','data':tru}",
                "{'type':'log','data':{'tool_id':tru}}",
                "{'type':'log\u0001','data':D}",
                "{'type' 'log','data':D}",
                "[]",
                "'x'",
                "1"
            })
    void anItemThatIsBrokenInsideCostsItselfAlone(String template) throws Exception {
        String bad = template.replace('\'', '"').replace("D", LOG);
        Answer answer = rig.client.post("/v1/events", JSON, "[" + item(0) + "," + bad + "," + item(2) + "]");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().get("items").findValuesAsString("status"))
                .containsExactly("accepted", "refused", "accepted");
        assertThat(answer.json().at("/items/1/reason").asString()).isEqualTo("MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "runid", "traceparent", "subject"})
    void refusesHalfACharacterInAnAttribute(String name) throws Exception {
        String item = "{\"type\":\"log\",\"data\":" + LOG + ",\"" + name + "\":\"\\ud800\"}";
        Answer answer = rig.client.post("/v1/events", JSON, item);
        assertThat(answer.json().at("/items/0/reason").asString()).isEqualTo("ENVELOPE");
        String subject = LOG.replace("\"t\"", "\"\\udc00\"");
        assertThat(rig.client.post("/v1/events/log", JSON, subject).text("reason"))
                .isEqualTo("ENVELOPE");
    }

    private static void assertEncoding(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.text("reason")).isEqualTo("ENCODING");
    }

    private static String item(int i) {
        return "{\"type\":\"log\",\"id\":\"id-" + i + "\",\"data\":" + LOG + "}";
    }
}
