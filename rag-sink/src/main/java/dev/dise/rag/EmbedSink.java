package dev.dise.rag;

import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Delivery;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EventType;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first half: embeds what is to be found by meaning, and writes it as ready points to {@code dise.vectors}. Each
 * text of a batch is embedded once. A text that gives no sound vector is refused; there is never a zero vector.
 */
final class EmbedSink implements Sink<DecodedEvent> {
    private final String model;
    private final TextVectors embeddings;
    private final VectorsTopic vectors;

    /**
     * @param model the name of what embeds, told with each point
     */
    EmbedSink(String model, TextVectors embeddings, VectorsTopic vectors) {
        this.model = model;
        this.embeddings = embeddings;
        this.vectors = vectors;
    }

    @Override
    public void write(Batch<DecodedEvent> batch, Refusals refusals) throws StoreUnavailableException {
        List<Rejection> rejections = new ArrayList<>();
        Map<String, float[]> vectorsByText = embed(batch);
        List<VectorsTopic.Change> changes = new ArrayList<>();
        for (Delivery<DecodedEvent> delivery : batch.deliveries()) {
            if (delivery.content().envelope().type() == EventType.DELETION) {
                changes.add(deletion(delivery));
                continue;
            }
            Artifact artifact = Artifact.from(delivery.content());
            float[] vector = vectorsByText.get(artifact.text());
            if (vector != null && isSound(vector)) {
                changes.add(upsert(delivery, artifact, vector));
            } else {
                rejections.add(rejection(delivery, artifact.text(), vector));
            }
        }
        rejections.addAll(vectors.write(changes));
        refusals.accept(rejections);
    }

    @Override
    public void close() {
        vectors.close();
    }

    private Map<String, float[]> embed(Batch<DecodedEvent> batch) throws StoreUnavailableException {
        return embeddings.of(batch.deliveries().stream()
                .map(Delivery::content)
                .filter(event -> event.envelope().type() != EventType.DELETION)
                .map(event -> Artifact.from(event).text())
                .filter(text -> !text.isBlank())
                .toList());
    }

    private static Rejection rejection(Delivery<DecodedEvent> delivery, String text, float @Nullable [] vector) {
        if (text.isBlank()) {
            return new Rejection(delivery.record(), "EMBED_EMPTY", "there is no text to embed");
        }
        return vector == null
                ? new Rejection(delivery.record(), "EMBED_REFUSED", "the embedder does not take the text")
                : new Rejection(delivery.record(), "EMBED_FAILED", "the model gave no usable vector for the text");
    }

    private static boolean isSound(float[] vector) {
        double length = 0;
        for (float x : vector) {
            length += x * x;
        }
        return Double.isFinite(length) && length > 0;
    }

    private VectorsTopic.Change upsert(Delivery<DecodedEvent> delivery, Artifact artifact, float[] vector) {
        UUID id = PointIds.pointId(artifact.type(), artifact.id());
        PointStruct point = PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(VectorsFactory.vectors(vector))
                .putAllPayload(Payload.of(delivery, artifact, model))
                .build();
        return new VectorsTopic.Change(delivery.record(), new PointChange.Upsert(id, point));
    }

    private static VectorsTopic.Change deletion(Delivery<DecodedEvent> delivery) {
        EventType target = delivery.content().envelope().targetType();
        if (target == null) {
            throw new IllegalStateException("a deletion without target type passed the decoder");
        }
        UUID id = PointIds.pointId(target, delivery.content().envelope().subject());
        return new VectorsTopic.Change(delivery.record(), new PointChange.Delete(id));
    }
}
