package dev.dise.operations.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.operations.slice.Audit;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.config.StorageRules;
import dev.dise.runtime.sink.KafkaStack;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Topic;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteChangeIT {
    @TempDir
    private static Path folder = Path.of("");

    private static KafkaStack kafka;

    private final List<Audit.Entry> deeds = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        kafka = KafkaStack.start(folder.resolve("kafka"), 2);
        kafka.send(
                Topic.EVENTS,
                List.of(
                        Event.of("urn:x", Artifact.of(EventType.PLAN, "p", "n", "c")),
                        Event.of("urn:x", Deletion.of(EventType.PLAN, "p")),
                        Event.of("urn:x", Artifact.of(EventType.TOOL, "t", "n", "c")),
                        Event.of("urn:x", Log.of("t", LogLevel.INFO, "m"))));
        kafka.sendRaw(
                List.of(new ProducerRecord<>(Topic.EVENTS.topicName(), "garbage".getBytes(StandardCharsets.UTF_8))));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void whatMovesIsCountedThenSentAsTheRouterWouldAndNothingElse() {
        RouteChange change = new RouteChange(kafka.clients(), StorageRules.defaults(), newRules(), deeds::add);
        RouteReport diff = change.diff(null, (phase, done, total) -> {});
        TypeMove plans = diff.types().get(1);
        assertThat(diff.types())
                .extracting(TypeMove::type)
                .containsExactly(EventType.LOG, EventType.PLAN, EventType.TOOL);
        assertThat(plans)
                .isEqualTo(new TypeMove(
                        EventType.PLAN, 2, List.of("dise.rag"), List.of("dise.bulk", "dise.rag"), 1, 0, 0, 0));
        assertThat(diff.types().get(0))
                .isEqualTo(new TypeMove(EventType.LOG, 1, List.of("dise.bulk"), List.of("dise.rag"), 0, 1, 1, 0));
        assertThat(diff.types().get(2).isMoved()).isFalse();
        assertThat(diff.unroutable()).isEqualTo(1);
        assertThat(diff.read()).isEqualTo(5);
        assertThat(kafka.end(Topic.BULK) + kafka.end(Topic.RAG)).isZero();

        RouteReport applied = change.apply(null, "all", false, "me", (phase, done, total) -> {});
        assertThat(applied.sent()).isEqualTo(3);
        assertThat(types(Topic.BULK)).containsExactlyInAnyOrder("dise.plan.v1", "dise.deletion.v1");
        assertThat(types(Topic.RAG)).containsExactly("dise.log.v1");
        SourceRecord sent = kafka.read(Topic.RAG).get(0);
        SourceRecord origin = kafka.read(Topic.EVENTS).stream()
                .filter(record -> "dise.log.v1".equals(record.header(EnvelopeHeaders.TYPE)))
                .findFirst()
                .orElseThrow();
        assertThat(sent.key()).isEqualTo(origin.key());
        assertThat(sent.value()).isEqualTo(origin.value());
        assertThat(sent.partition().number()).isEqualTo(origin.partition().number());
        assertThat(sent.headers()).hasSameSizeAs(origin.headers());
        assertThat(deeds).extracting(Audit.Entry::action).containsExactly("route-apply");
    }

    private static List<String> types(Topic topic) {
        return kafka.read(topic).stream()
                .map(record -> String.valueOf(record.header(EnvelopeHeaders.TYPE)))
                .toList();
    }

    private static StorageRules newRules() {
        try {
            Path file = Files.writeString(folder.resolve("new.yaml"), """
                    database:
                      storage_strategy: {rag_storage_types: [log], hybrid_storage_types: [plan]}
                    """);
            return DiseConfig.load(file, Map.of()).database().storage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
