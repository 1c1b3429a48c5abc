package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.ingest.Receipt;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EmittedTest {
    private static final Receipt IN_KAFKA = new Receipt.InKafka(
            Envelope.of("e-1", EventType.LOG, "urn:dise:cli", "t", Instant.parse("2026-01-31T08:15:00Z")),
            "dise.events",
            3,
            42);

    private final Emitted emitted = new Emitted();

    @Test
    void ofOneEventItIsTheFlatReceipt() {
        send(1, IN_KAFKA, null);
        assertThat(json()).hasToString("""
                {"id":"e-1","type":"log","subject":"t","time":"2026-01-31T08:15:00.000000Z",\
                "topic":"dise.events","partition":3,"offset":42}""");
        assertThat(printed()).isEqualTo("accepted e-1 as dise.events-3@42");
        assertThat(emitted.exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void ofSeveralItIsTheBooksWithWhatIsWrong() {
        send(1, IN_KAFKA, null);
        emitted.addBlank();
        emitted.addRefused(3, "SCHEMA", "/message is required");
        assertThat(emitted.exitCode()).isEqualTo(ExitCodes.USAGE);
        send(4, null, new CompletionException(new IllegalStateException("?")));
        assertThat(emitted.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(json().toString())
                .startsWith("{\"accepted\":1,\"refused\":1,\"undelivered\":1,\"blank\":1,\"faults\":[{\"line\":3,")
                .contains("\"reason\":\"UNKNOWN\"");
        assertThat(printed().lines())
                .hasSize(3)
                .contains(
                        "1 accepted, 1 refused, 1 not delivered, 1 blank lines",
                        "line 3: SCHEMA, /message is required");
    }

    @Test
    void showsTheFirstFaultsAndCountsAll() {
        for (int line = 1; line <= 5_000; line++) {
            emitted.addRefused(line, "SCHEMA", "wrong");
        }
        assertThat(printed().lines()).hasSize(22).last().isEqualTo(String.format("and %,d more", 4_980));
        assertThat(json().path("faults")).hasSize(1_000);
        assertThat(json().path("refused").asLong()).isEqualTo(5_000);
    }

    @Test
    void whatIsNotAnsweredInTimeIsNotDelivered() throws InterruptedException {
        emitted.addSent();
        emitted.awaitAnswers(Duration.ofMillis(5));
        assertThat(json().path("undelivered").asLong()).isEqualTo(1);
        assertThat(emitted.exitCode()).isEqualTo(ExitCodes.FAILED);
    }

    private void send(long line, @Nullable Receipt receipt, @Nullable Throwable failure) {
        emitted.addSent();
        emitted.addAnswer(line, receipt, failure);
    }

    private JsonNode json() {
        return Json.mapper().readTree(Json.encode(emitted.json()));
    }

    private String printed() {
        StringWriter out = new StringWriter();
        emitted.print(new PrintWriter(out, true));
        return out.toString().strip();
    }
}
