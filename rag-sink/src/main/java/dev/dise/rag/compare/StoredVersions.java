package dev.dise.rag.compare;

import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells which version of each point a collection has, page by page. */
public final class StoredVersions {
    private StoredVersions() {}

    /**
     * The version of one point.
     *
     * @param time of the event that it is of; the least there is if it does not say
     * @param eventId of that event; null if the point does not say, as the marker of an end does not
     * @param isEnd whether it is the marker of what was deleted
     */
    public record StoredVersion(
            UUID point, Instant time, @Nullable String eventId, boolean isEnd) {}

    /**
     * Reads all points; the taker gets some at a time.
     *
     * @param collection may be an alias
     * @throws IllegalStateException if Qdrant cannot be reached
     */
    public static void read(Qdrant config, String collection, Consumer<List<StoredVersion>> taker) {
        try (CollectionReader reader = new CollectionReader(config, collection)) {
            @Nullable PointId next = null;
            do {
                CollectionReader.Page page = reader.page(next, false);
                taker.accept(page.points().stream()
                        .filter(point -> point.getId().hasUuid())
                        .map(StoredVersions::version)
                        .toList());
                next = page.next();
            } while (next != null);
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException("cannot read " + collection + ": " + e.getMessage(), e);
        }
    }

    private static StoredVersion version(RetrievedPoint point) {
        Map<String, Value> payload = point.getPayloadMap();
        String eventId = Judging.text(payload, "event_id");
        return new StoredVersion(
                UUID.fromString(point.getId().getUuid()),
                Judging.time(Judging.text(payload, "event_time")),
                eventId.isEmpty() ? null : eventId,
                payload.containsKey("deleted"));
    }
}
