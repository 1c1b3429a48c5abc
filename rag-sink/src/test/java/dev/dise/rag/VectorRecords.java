package dev.dise.rag;

import dev.dise.embedding.Embedders;
import dev.dise.runtime.Failpoints;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Topic;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The first half with the hash embedder and without a broker: what it would write to {@code dise.vectors}. */
final class VectorRecords {
    static final EmbeddingModel MODEL = Embedders.from(Embedding.inProcess(RagConfig.Provider.HASH));

    private static final Node NODE = new Node(0, "nowhere", 0);
    private static final PartitionInfo PARTITION =
            new PartitionInfo(Topic.VECTORS.topicName(), 0, NODE, new Node[] {NODE}, new Node[] {NODE});
    private static final Cluster CLUSTER = new Cluster("test", List.of(NODE), List.of(PARTITION), Set.of(), Set.of());

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(CLUSTER, true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RecordingRefusals refusals = new RecordingRefusals();
    private final EmbedSink sink;

    VectorRecords() {
        this(MODEL);
    }

    VectorRecords(EmbeddingModel model) {
        PublishedPoints published = PublishedPoints.inMemory();
        this.sink = new EmbedSink(
                new TextVectors(model, published, meters),
                published,
                new VectorsReader(Topic.VECTORS.topicName(), consumer(), published, Clock.systemUTC()),
                new VectorsTopic(Topic.VECTORS.topicName(), producer, published),
                meters,
                Failpoints.none());
    }

    /** How many embeddings were computed, or reused. */
    double embeddings(String outcome) {
        return meters.counter("dise.embeddings", "outcome", outcome).count();
    }

    /** How many events were dropped for a newer one. */
    double outdated() {
        return meters.counter("dise.outdated", "stage", "rag-sink-embed").count();
    }

    /** Of a topic that nobody else writes to. */
    private static MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updatePartitions(Topic.VECTORS.topicName(), List.of(PARTITION));
        consumer.updateEndOffsets(Map.of(new TopicPartition(Topic.VECTORS.topicName(), 0), 0L));
        return consumer;
    }

    RecordingRefusals refusals() {
        return refusals;
    }

    EmbedSink sink() {
        return sink;
    }

    MockProducer<byte[], byte[]> producer() {
        return producer;
    }

    /** The changes that the deliveries become. */
    List<Delivery<PointChange>> of(List<Delivery<DecodedEvent>> events) throws Exception {
        producer.clear();
        sink.write(Batch.of(events), refusals);
        List<Delivery<PointChange>> changes = new ArrayList<>();
        for (int i = 0; i < producer.history().size(); i++) {
            SourceRecord record = record(producer.history().get(i), i);
            changes.add(new Delivery<>(record, new PointChangeDecoder().decode(record)));
        }
        return changes;
    }

    private static SourceRecord record(ProducerRecord<byte[], byte[]> sent, int offset) {
        List<SourceRecord.Header> headers = new ArrayList<>();
        sent.headers().forEach(header -> headers.add(new SourceRecord.Header(header.key(), header.value())));
        return new SourceRecord(
                new Partition(Topic.VECTORS.topicName(), 0), offset, Instant.EPOCH, sent.key(), sent.value(), headers);
    }
}
