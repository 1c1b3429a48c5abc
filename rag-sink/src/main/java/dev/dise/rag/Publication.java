package dev.dise.rag;

import dev.dise.rag.PublishedPoints.Version;
import dev.dise.runtime.sink.Rejection;
import dev.dise.schemas.PointIds;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of points that some changes of artifacts come to, in their order. */
final class Publication {
    private final PublishedPoints published;
    private final TextVectors embeddings;
    private final Map<String, Vectors> vectors;
    private final Map<UUID, Version> newer = new HashMap<>();
    private final List<VectorsTopic.Change> changes = new ArrayList<>();

    /**
     * @param vectors of the texts of all chunks; those are missing that the embedder refuses
     */
    Publication(PublishedPoints published, TextVectors embeddings, Map<String, Vectors> vectors) {
        this.published = published;
        this.embeddings = embeddings;
        this.vectors = vectors;
    }

    /** The newest version, with what was added. */
    Version version(UUID artifact) {
        Version version = newer.get(artifact);
        return version == null ? published.version(artifact) : version;
    }

    List<VectorsTopic.Change> changes() {
        return changes;
    }

    /** Adds the points of the artifact, or what removes them; or says why it cannot be embedded. */
    Optional<Rejection> add(ArtifactChange change) {
        int before = version(change.artifact()).chunks();
        Artifact artifact = change.content();
        if (artifact != null) {
            Optional<Rejection> rejection = fault(change);
            if (rejection.isPresent()) {
                return rejection;
            }
            change.chunks().parallelStream()
                    .map(chunk -> upsert(change, artifact, chunk))
                    .forEachOrdered(changes::add);
        }
        int now = change.chunks().size();
        // From the last on, so that a crash in between leaves no chunk behind the ones that are known. The first one of
        // what is deleted gets its end in any case: it is the version.
        for (int index = Math.max(before, 1) - 1; index >= now; index--) {
            changes.add(end(change, index));
        }
        newer.put(change.artifact(), new Version(change.time(), now));
        return Optional.empty();
    }

    private Optional<Rejection> fault(ArtifactChange change) {
        if (change.chunks().isEmpty()) {
            return Optional.of(rejection(change, "EMBED_EMPTY", "there is no text to embed"));
        }
        for (Chunk chunk : change.chunks()) {
            Vectors made = vectors.get(chunk.text());
            if (made == null) {
                return Optional.of(rejection(change, "EMBED_REFUSED", "the embedder does not take the text"));
            }
            if (!PointVectors.areThere(made)) {
                return Optional.of(rejection(change, "EMBED_FAILED", "the model gave no usable vector for the text"));
            }
        }
        return Optional.empty();
    }

    private static Rejection rejection(ArtifactChange change, String reason, String message) {
        return new Rejection(change.delivery().record(), reason, message);
    }

    private VectorsTopic.Change upsert(ArtifactChange change, Artifact artifact, Chunk chunk) {
        UUID id = PointIds.pointId(change.artifact(), chunk.index());
        PointStruct point = PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(vectors.getOrDefault(chunk.text(), PointVectors.none()))
                .putAllPayload(Payload.of(change, artifact, chunk, embeddings.model()))
                .build();
        return record(change, new PointChange.Upsert(id, point), chunk.index(), embeddings.keyOf(chunk.text()));
    }

    private static VectorsTopic.Change end(ArtifactChange change, int index) {
        return record(change, new PointChange.Delete(PointIds.pointId(change.artifact(), index)), index, null);
    }

    private static VectorsTopic.Change record(
            ArtifactChange change, PointChange point, int index, @Nullable UUID text) {
        VectorRecord record = new VectorRecord(point, change.artifact(), index, text, change.time());
        return new VectorsTopic.Change(change.delivery().record(), record);
    }
}
