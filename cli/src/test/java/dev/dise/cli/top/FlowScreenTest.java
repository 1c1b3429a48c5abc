package dev.dise.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FlowScreenTest {
    private final FlowScreen screen = new FlowScreen();

    @Test
    void saysWhatFlowsAndWhatItMeans() {
        assertThat(screen.lines(flow(1200)))
                .contains(
                        "2026-01-31T08:15:00Z   draining, 12.0 s left",
                        "7,114 accepted (1,200/s)   230 in flight   4 dead letters   0 dropped by emitters",
                        "! Qdrant is away: Kafka buffers")
                .anyMatch(line ->
                        line.startsWith("pg-sink  dise.bulk") && line.contains("draining") && line.contains("12.0 s"))
                .anyMatch(line -> line.startsWith("router   dise.events") && line.contains("now"));
    }

    @Test
    void drawsThePastUpToAMinute() {
        for (int second = 0; second < 70; second++) {
            screen.lines(flow(second));
        }
        List<String> lines = screen.lines(flow(35));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("accepted "))
                .singleElement()
                .asString()
                .endsWith("█▅ at most 69/s");
        assertThat(lines).anyMatch(line -> line.startsWith("into PostgreSQL ") && line.endsWith("at most 900/s"));
    }

    private static JsonNode flow(double rate) {
        return Json.parse("""
                {"at": "2026-01-31T08:15:00Z", "accepted": 7114, "accepted_rate": %s, "in_flight": 230, "dead_letters": 4, "dropped": 0,
                 "state": "draining", "eta_seconds": 12.0,
                 "nodes": [{"id": "postgres", "kind": "store", "name": "PostgreSQL"}],
                 "edges": [{"from": "pg-sink", "to": "postgres", "rate": 900.0}],
                 "readers": [
                  {"name": "router", "topic": "dise.events", "lag": 0, "rate_in": 1.0, "rate_out": 1.0, "state": "caught up"},
                  {"name": "pg-sink", "topic": "dise.bulk", "lag": 230, "rate_in": 1.0, "rate_out": 20.0, "state": "draining",
                   "eta_seconds": 12.0, "delay_p50_seconds": 0.5, "delay_p95_seconds": 3.0}],
                 "remarks": [{"tone": "bad", "text": "Qdrant is away: Kafka buffers"}]}
                """.formatted(rate).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
