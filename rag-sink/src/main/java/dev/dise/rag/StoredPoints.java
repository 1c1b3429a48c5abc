package dev.dise.rag;

import static io.qdrant.client.ConditionFactory.matchKeyword;

import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.PointIds;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the points of single events and artifacts behind the live name, by what they say of themselves. Thread-safe. */
public final class StoredPoints implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** More chunks than the largest event has. */
    private static final int MOST = 10_000;

    private static final WithPayloadSelector KEYS = WithPayloadSelectorFactory.include(List.of(
            "artifact_type",
            "artifact_id",
            "parent_id",
            "chunk_index",
            "chunk_count",
            "event_id",
            "event_time",
            "source_topic",
            "source_partition",
            "source_offset",
            "embedding_model",
            "deleted"));

    private final QdrantLink link;
    private final QdrantClient client;
    private final String collection;

    /** Connects to nothing before it is asked for something. */
    public StoredPoints(Qdrant config) {
        this.link = new QdrantLink(config, DEADLINE);
        this.client = link.client();
        this.collection = config.collection();
    }

    /** The points that hold the event, by chunk; none if a newer event has made the artifact's newest version. */
    public List<StoredPoint> ofEvent(String eventId) throws StoreUnavailableException {
        ScrollPoints request = ScrollPoints.newBuilder()
                .setCollectionName(collection)
                .setFilter(Filter.newBuilder().addMust(matchKeyword("event_id", eventId)))
                .setWithPayload(KEYS)
                .setLimit(MOST)
                .build();
        return link.await(client.scrollAsync(request, DEADLINE)).getResultList().stream()
                .map(StoredPoints::point)
                .sorted(Comparator.comparingInt(StoredPoint::chunk))
                .toList();
    }

    /** The point of an artifact's first chunk, whichever event made it; what is deleted is there too. */
    public Optional<StoredPoint> ofArtifact(EventType type, String artifactId) throws StoreUnavailableException {
        return point(PointIds.pointId(type, artifactId));
    }

    /** The point of that id. */
    public Optional<StoredPoint> point(UUID id) throws StoreUnavailableException {
        GetPoints request = GetPoints.newBuilder()
                .setCollectionName(collection)
                .addIds(PointIdFactory.id(id))
                .setWithPayload(KEYS)
                .build();
        return link.await(client.retrieveAsync(request, DEADLINE)).stream()
                .map(StoredPoints::point)
                .findFirst();
    }

    @Override
    public void close() {
        link.close();
    }

    private static StoredPoint point(RetrievedPoint point) {
        return point(point.getId(), point.getPayloadMap());
    }

    private static StoredPoint point(PointId pointId, Map<String, Value> payload) {
        UUID id = UUID.fromString(pointId.getUuid());
        String parent = text(payload, "parent_id");
        return new StoredPoint(
                id,
                parent.isEmpty() ? id : UUID.fromString(parent),
                text(payload, "artifact_type"),
                text(payload, "artifact_id"),
                (int) number(payload, "chunk_index"),
                (int) number(payload, "chunk_count"),
                text(payload, "event_id"),
                time(text(payload, "event_time")),
                text(payload, "source_topic"),
                (int) number(payload, "source_partition"),
                number(payload, "source_offset"),
                text(payload, "embedding_model"),
                value(payload, "deleted").getBoolValue());
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : EnvelopeHeaders.parseTime(text);
        } catch (InvalidEventException e) {
            // A stranger wrote the point; what else it says may still help.
            return null;
        }
    }

    private static String text(Map<String, Value> payload, String key) {
        return value(payload, key).getStringValue();
    }

    private static long number(Map<String, Value> payload, String key) {
        return value(payload, key).getIntegerValue();
    }

    private static Value value(Map<String, Value> payload, String key) {
        return payload.getOrDefault(key, Value.getDefaultInstance());
    }
}
