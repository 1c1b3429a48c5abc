package dev.dise.ingest.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.ingest.ArtifactEmitterRig;
import dev.dise.ingest.EmitterStats;
import dev.dise.ingest.Overflow;
import dev.dise.ingest.ScriptedProducer;
import dev.dise.schemas.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An emitter, and the data of what it has delivered, each read as strictly as the edge does. */
final class EmittedLines implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ScriptedProducer producer = ScriptedProducer.acknowledging();
    final ArtifactEmitter emitter = ArtifactEmitterRig.emitter(() -> producer, 16 << 20, new Overflow.DropNewest());

    List<ObjectNode> all() {
        assertThat(emitter.flush(SOON).isComplete()).isTrue();
        return producer.history().stream()
                .map(sent -> (ObjectNode) Json.parse(sent.value()))
                .toList();
    }

    ObjectNode only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    String header(String name) {
        assertThat(all()).hasSize(1);
        return new String(producer.history().get(0).headers().lastHeader(name).value(), UTF_8);
    }

    EmitterStats stats() {
        return emitter.stats();
    }

    @Override
    public void close() {
        emitter.close(Duration.ofMillis(20));
    }
}
