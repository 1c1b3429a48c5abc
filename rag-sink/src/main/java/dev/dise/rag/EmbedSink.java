package dev.dise.rag;

import dev.dise.runtime.Failpoints;
import dev.dise.runtime.sink.Batch;
import dev.dise.runtime.sink.DecodedEvent;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.Sink;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The first half: embeds what is to be found by meaning, chunk by chunk, and writes it as ready points to
 * {@code dise.vectors}. A text that has a vector already is not embedded again; a version that is older than the published
 * one is dropped and counted; chunks that the newer version does not have are removed. A text that gives no sound vector is
 * refused; there is never a zero vector.
 */
final class EmbedSink implements Sink<DecodedEvent> {
    /** Chunks that are held at once, if no single artifact has more: some 4 MiB. */
    private static final int MOST_CHUNKS = 512;

    private final TextVectors embeddings;
    private final PublishedPoints published;
    private final VectorsReader reader;
    private final VectorsTopic topic;
    private final Counter outdated;
    private final Failpoints failpoints;

    EmbedSink(
            TextVectors embeddings,
            PublishedPoints published,
            VectorsReader reader,
            VectorsTopic topic,
            MeterRegistry meters,
            Failpoints failpoints) {
        this.embeddings = embeddings;
        this.published = published;
        this.reader = reader;
        this.topic = topic;
        this.outdated = meters.counter("dise.outdated", "stage", "rag-sink-embed");
        this.failpoints = failpoints;
    }

    @Override
    public void write(Batch<DecodedEvent> batch, Refusals refusals) throws StoreUnavailableException {
        reader.catchUp(batch.spans().keySet());
        List<Rejection> rejections = new ArrayList<>();
        List<ArtifactChange> group = new ArrayList<>();
        int chunks = 0;
        // Cutting texts keeps every core busy for a moment in which the model is idle.
        for (ArtifactChange change :
                batch.deliveries().parallelStream().map(ArtifactChange::of).toList()) {
            group.add(change);
            chunks += change.chunks().size();
            if (chunks >= MOST_CHUNKS) {
                rejections.addAll(publish(group));
                group.clear();
                chunks = 0;
            }
        }
        rejections.addAll(publish(group));
        refusals.accept(rejections);
    }

    @Override
    public void close() {
        topic.close();
        reader.close();
        published.close();
    }

    private List<Rejection> publish(List<ArtifactChange> changes) throws StoreUnavailableException {
        Map<String, Vectors> vectors = embeddings.of(changes.stream()
                .filter(change -> !isOutdated(change, published.version(change.artifact())))
                .flatMap(change -> change.chunks().stream())
                .map(Chunk::text)
                .toList());
        Publication publication = new Publication(published, embeddings, vectors);
        List<Rejection> rejections = new ArrayList<>();
        for (ArtifactChange change : changes) {
            if (isOutdated(change, publication.version(change.artifact()))) {
                outdated.increment();
            } else {
                publication.add(change).ifPresent(rejections::add);
            }
        }
        failpoints.hit("embed.before_publish");
        rejections.addAll(topic.write(publication.changes()));
        failpoints.hit("embed.after_publish");
        return rejections;
    }

    private static boolean isOutdated(ArtifactChange change, PublishedPoints.Version known) {
        return change.time().isBefore(known.time());
    }
}
