package dev.dise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.Overflow;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.GatewayConfig;
import dev.dise.runtime.config.HttpConfig;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of both protocols are told to send again, in the way that each understands. */
class LogPushWithoutKafkaIT {
    private static final String JSON = "application/json";

    private ArtifactEmitter emitter;
    private IngestGateway gateway;
    private GatewayClient client;

    @BeforeEach
    void start() {
        emitter = ArtifactEmitter.builder()
                .bootstrapServers("127.0.0.1:1")
                .source("urn:dise:gateway")
                .overflow(new Overflow.DropNewest())
                .build();
        Health health = new Health();
        health.report("kafka", Health.State.WAITING, "is not there");
        gateway = IngestGateway.start(
                GatewayConfig.at(new HttpConfig("127.0.0.1", 0)),
                emitter::send,
                new Metrics(),
                health,
                Duration.ofMillis(200));
        client = new GatewayClient(gateway.port());
    }

    @AfterEach
    void stop() {
        gateway.close();
        emitter.close(Duration.ZERO);
    }

    @Test
    void tellsLokiClientsToSendAgain() throws Exception {
        String entry = "[\"1\",\"" + "x".repeat(800_000) + "\"]";
        String body = "{\"streams\":[{\"values\":[" + (entry + ",").repeat(7) + entry + "]}]}";
        Answer answer = client.post("/loki/api/v1/push", JSON, body);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.response().body()).contains("send it again");
        // What it had no room for under way was not even sent.
        assertThat(emitter.stats().accepted()).isLessThan(8);
        assertThat(client.call("GET", "/ready").status()).isEqualTo(503);
    }

    @Test
    void tellsOtlpClientsToSendAgain() throws Exception {
        Answer answer = client.post(
                "/v1/logs", JSON, "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\"}]}]}]}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.json().get("code").intValue()).isEqualTo(14);
    }
}
