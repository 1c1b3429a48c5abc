package dev.dise.rag;

import dev.dise.embedding.Embedders;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.RecordingRefusals;
import dev.dise.runtime.sink.SourceRecord;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The first half with the hash embedder and without a broker: what it would write to {@code dise.vectors}. */
final class VectorRecords {
    static final EmbeddingModel MODEL = Embedders.from(Embedding.inProcess(RagConfig.Provider.HASH));

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final RecordingRefusals refusals = new RecordingRefusals();
    private final EmbedSink sink;

    VectorRecords() {
        this(MODEL);
    }

    VectorRecords(EmbeddingModel model) {
        this.sink = new EmbedSink(
                model.modelName(), new TextVectors(model, new SimpleMeterRegistry()), new VectorsTopic(producer));
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

    /** The changes that the deliveries become, each at the offset of its delivery. */
    List<Delivery<PointChange>> of(List<Delivery<DecodedEvent>> events) throws Exception {
        producer.clear();
        sink.write(Batch.of(events), refusals);
        List<Delivery<PointChange>> changes = new ArrayList<>();
        for (int i = 0; i < producer.history().size(); i++) {
            SourceRecord record =
                    record(producer.history().get(i), events.get(i).record());
            changes.add(new Delivery<>(record, new PointChangeDecoder().decode(record)));
        }
        return changes;
    }

    private static SourceRecord record(ProducerRecord<byte[], byte[]> sent, SourceRecord cause) {
        List<SourceRecord.Header> headers = new ArrayList<>();
        sent.headers().forEach(header -> headers.add(new SourceRecord.Header(header.key(), header.value())));
        return new SourceRecord(cause.partition(), cause.offset(), sent.key(), sent.value(), headers);
    }
}
