package dev.dise.bench.query;

import dev.dise.bench.rag.ManyPoints;
import dev.dise.bench.rag.ShortTexts;
import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Points of artifacts of four types, each of a tool that something is known of. */
record BulkPoints(Scale scale, EmbeddingModel model) {
    static final List<String> TYPES = List.of("tool", "code_fix", "pattern", "plan");

    private static final int TEXTS = 512;
    private static final int WORDS = 50;

    /** Sends them all to {@code dise.vectors}; the sink stores them. */
    void send(KafkaConfig config) {
        byte[] time = EnvelopeHeaders.formatTime(Instant.now()).getBytes(StandardCharsets.UTF_8);
        ManyPoints points = new ManyPoints(scale.points(), vectors());
        try (Producer<byte[], byte[]> producer = new KafkaClients(config).producer("bench-points")) {
            for (int i = 0; i < scale.points(); i++) {
                PointStruct point = withTool(points.point(i), i);
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        Topic.VECTORS.topicName(),
                        point.getId().getUuid().getBytes(StandardCharsets.UTF_8),
                        point.toByteArray());
                record.headers().add(EnvelopeHeaders.TIME, time);
                var unused = producer.send(record);
            }
        }
    }

    private PointStruct withTool(PointStruct point, int number) {
        return point.toBuilder()
                .putPayload("artifact_type", ValueFactory.value(TYPES.get(number % TYPES.size())))
                .putPayload("tool_id", ValueFactory.value("tool-" + number / TYPES.size() % scale.tools()))
                .build();
    }

    private List<float[]> vectors() {
        return IntStream.range(0, TEXTS)
                .mapToObj(i -> ShortTexts.madeUp(WORDS, new Random(i)))
                .map(text -> model.embed(text).content().vector())
                .toList();
    }
}
