package dev.dise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.Redaction;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.GatewayConfig;
import dev.dise.runtime.config.HttpConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutKafkaIT {
    private static final String JSON = "application/json";
    /** No free port: by the time it is used, somebody's broker may listen there. */
    private static final String NOBODY = "127.0.0.1:1";

    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";

    private final Health health = new Health();
    private ArtifactEmitter emitter;
    private IngestGateway gateway;
    private GatewayClient client;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        emitter = ArtifactEmitter.builder()
                .overflow(new Overflow.DropNewest())
                .redaction(Redaction.none())
                .bootstrapServers(NOBODY)
                .source("urn:dise:gateway")
                .bufferBytes(2000)
                .build();
        gateway = IngestGateway.start(
                GatewayConfig.at(new HttpConfig("127.0.0.1", 0)),
                emitter::send,
                new Metrics(),
                health,
                Duration.ofMillis(500));
        client = new GatewayClient(gateway.port());
    }

    @AfterEach
    void stop() {
        gateway.close();
        emitter.close(Duration.ZERO);
    }

    @Test
    void saysWithinTheDeadlineThatTheOutcomeIsUnknown() throws Exception {
        Answer answer = client.post("/v1/events/log", JSON, LOG, "ce-id", "my-id");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.text("reason")).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(answer.text("id")).isEqualTo("my-id");
        assertThat(answer.text("detail")).contains("send it again with the same id");
    }

    @Test
    void saysOfEachItemWhatIsKnown() throws Exception {
        String item = "{\"type\":\"log\",\"data\":" + LOG + "}\n";
        Answer answer = client.post("/v1/events", "application/x-ndjson", item.repeat(4) + "{}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.json().get("items").findValuesAsString("reason"))
                .containsExactly("OUTCOME_UNKNOWN", "OUTCOME_UNKNOWN", "OUTCOME_UNKNOWN", "BUFFER_FULL", "ENVELOPE");
    }

    @Test
    void answersWhatWasBegunBeforeItStops() throws Exception {
        CompletableFuture<Answer> answer = client.postLater("/v1/events/log", JSON, LOG);
        await().until(() -> emitter.stats().accepted() == 1);
        gateway.close();
        assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(503);
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void saysSoWhenThePortIsTaken() {
        HttpConfig same = new HttpConfig("127.0.0.1", gateway.port());
        assertThatIllegalStateException()
                .isThrownBy(() -> IngestGateway.start(same, emitter, new Metrics(), new Health()))
                .withMessageContaining("port " + gateway.port());
    }

    @Test
    void theServiceStartsAndIsLiveButNotReady() throws Exception {
        Path config = Files.writeString(directory.resolve("config.yaml"), """
                kafka: { bootstrap_servers: "%s" }
                gateway: { port: 0 }
                """.formatted(NOBODY));
        GatewayService service = GatewayService.start(DiseConfig.load(config, Map.of()), new Health(), new Metrics());
        GatewayClient other = new GatewayClient(service.port());
        assertThat(other.call("GET", "/health/live").status()).isEqualTo(200);
        assertThat(other.call("GET", "/health/ready").status()).isEqualTo(503);
        service.close();
        service.close();
        assertThat(service.ended()).isCompleted();
    }
}
