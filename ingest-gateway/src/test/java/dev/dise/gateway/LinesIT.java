package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.ingest.Receipt;
import dev.dise.schemas.Event;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams of lines. */
class LinesIT extends OneGateway {
    private static final String LINES = "application/x-ndjson";
    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";

    @Test
    void listsAllItemsAsLongAsTheyAreFew() throws Exception {
        Answer answer = rig.client.post("/v1/events", LINES, "\n \r\n" + item(0) + "\r\n\n{}\n" + item(2));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("items").findValuesAsString("status"))
                .containsExactly("accepted", "refused", "accepted");
        assertCounts(answer.json(), 2, 1, 0);
        assertThat(answer.text("listed")).isEqualTo("all");
        assertThat(answer.json().get("cut").booleanValue()).isFalse();
    }

    @Test
    void listsOnlyWhatWasNotAcceptedOfManyAndSaysIfTheListIsCut() throws Exception {
        String manyLines = lines(5000, 1000);
        JsonNode many = rig.client.post("/v1/events", LINES, manyLines).json();
        assertCounts(many, 4995, 5, 0);
        assertThat(many.get("listed").stringValue()).isEqualTo("not accepted");
        assertThat(many.get("items").findValuesAsString("index")).containsExactly("0", "1000", "2000", "3000", "4000");
        assertThat(rig.outlet.taken()).hasSize(4995);
        JsonNode bad = rig.client.post("/v1/events", LINES, lines(3000, 2)).json();
        assertCounts(bad, 1500, 1500, 0);
        assertThat(bad.get("items")).hasSize(1000);
        assertThat(bad.get("cut").booleanValue()).isTrue();
    }

    @Test
    void takesAnyLengthInConstantMemory() throws Exception {
        AtomicLong inFlight = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicInteger events = new AtomicInteger();
        rig.outlet.keep(false);
        rig.outlet.answer(event -> {
            most.accumulateAndGet(inFlight.addAndGet(event.data().length), Math::max);
            events.incrementAndGet();
            return ScriptedOutlet.inKafka(event).thenApplyAsync(receipt -> {
                inFlight.addAndGet(-event.data().length);
                return receipt;
            });
        });
        String line = item(1).replace("\"m\"", "\"" + "x".repeat(10_000) + "\"") + "\n";
        int count = 6_000;
        Answer answer = rig.client.post("/v1/events", LINES, () -> repeated(line, count));
        assertCounts(answer.json(), count, 0, 0);
        assertThat(events).hasValue(count);
        assertThat(most.get()).isLessThan(4 << 20);
    }

    @Test
    void aLineThatIsTooLongCostsItselfAlone() throws Exception {
        String tooLong = item(1).replace("\"m\"", "\"" + "x".repeat(1_100_000) + "\"");
        String tooLarge = item(2).replace("\"m\"", "\"" + "x".repeat(Event.MAX_DATA_BYTES) + "\"");
        byte[] notUtf8 = {'{', '"', (byte) 0xFF, '"', '}', '\n'};
        byte[] body = MalformedBodies.concat(
                (item(0) + "\n" + tooLong + "\n" + tooLarge + "\n").getBytes(UTF_8), notUtf8, item(4).getBytes(UTF_8));
        Answer answer = rig.client.post("/v1/events", LINES, body);
        assertThat(answer.status()).isEqualTo(202);
        assertCounts(answer.json(), 2, 3, 0);
        assertThat(answer.json().get("items").findValuesAsString("reason"))
                .containsExactly("TOO_LARGE", "TOO_LARGE", "MALFORMED");
        assertThat(rig.outlet.taken())
                .extracting(event -> event.envelope().id())
                .containsExactly("id-0", "id-4");
    }

    @Test
    void countsWhatIsNotSafe() throws Exception {
        rig.outlet.answer(event ->
                event.envelope().id().endsWith("3") ? new CompletableFuture<Receipt>() : ScriptedOutlet.inKafka(event));
        Answer answer = rig.client.post("/v1/events", LINES, lines(10, 100));
        assertThat(answer.status()).isEqualTo(202);
        assertCounts(answer.json(), 8, 1, 1);
        assertThat(answer.json().at("/items/3/status").asString()).isEqualTo("unavailable");
    }

    @Test
    void saysWhatWasAcceptedBeforeAStreamBrokeOff() throws Exception {
        byte[] zipped = Packing.gzip(lines(4000, 10_000).getBytes(UTF_8));
        zipped[zipped.length - 10] ^= 0x55;
        Answer answer = rig.client.post("/v1/events", LINES, zipped, "Content-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("reason")).isEqualTo("ENCODING");
        assertThat(answer.json().get("accepted").longValue())
                .isEqualTo(rig.outlet.taken().size())
                .isGreaterThan(1000);
        try (RawClient raw = rig.raw()) {
            String text = item(1) + "\n" + item(2) + "\n{";
            RawClient.Answer cut = raw.send("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: " + LINES
                            + "\r\nContent-Length: 1000000\r\n\r\n" + text)
                    .finish()
                    .answer();
            assertThat(cut.status()).isEqualTo(400);
            assertThat(cut.text()).contains("CUT_OFF", "\"accepted\":2");
        }
    }

    @Test
    void anEmptyStreamIsRefused() throws Exception {
        for (String body : new String[] {"", "\n", " \n\r\n"}) {
            Answer answer = rig.client.post("/v1/events", LINES, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("reason")).isEqualTo("MALFORMED");
        }
    }

    @Test
    void aPieceThatIsTooLargeIsRefused() throws Exception {
        try (RawClient raw = rig.raw()) {
            RawClient.Answer answer = raw.send("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: " + LINES
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" + " ".repeat(0x200000))
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
        }
    }

    private static void assertCounts(JsonNode answer, int accepted, int refused, int unavailable) {
        assertThat(List.of(
                        answer.get("accepted").intValue(),
                        answer.get("refused").intValue(),
                        answer.get("unavailable").intValue()))
                .as(answer.toString())
                .containsExactly(accepted, refused, unavailable);
    }

    private static String lines(int count, int badEvery) {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, count)
                .forEach(i ->
                        lines.append(i % badEvery == 0 ? "{\"id\":1}" : item(i)).append('\n'));
        return lines.toString();
    }

    private static InputStream repeated(String line, int count) {
        List<InputStream> streams = Stream.generate(() -> line.getBytes(UTF_8))
                .limit(count)
                .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
                .toList();
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    private static String item(int i) {
        return "{\"type\":\"log\",\"id\":\"id-" + i + "\",\"data\":" + LOG + "}";
    }
}
