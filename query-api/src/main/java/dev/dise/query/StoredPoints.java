package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.PointIds;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whether Qdrant has an event: all chunks of its artifact, or their ends, in a version that is no older. */
record StoredPoints(VectorStore store) {
    private static final String CHUNKS = "chunk_count";
    private static final List<String> KEYS = List.of(ArtifactJson.TIME, ArtifactJson.EVENT_ID, CHUNKS);

    boolean have(SoughtEvent event) throws StoreUnavailableException {
        // What is no entity stands alone, under the event's own id.
        String artifactId = event.type().isEntity() ? event.subject() : event.id();
        UUID artifact = PointIds.pointId(event.type(), artifactId);
        Map<String, Value> first = store.payload(artifact, KEYS);
        if (!isAsNew(first, event)) {
            return false;
        }
        // Chunks are written in their order, the first one before the last.
        int last = (int) first.getOrDefault(CHUNKS, Value.getDefaultInstance()).getIntegerValue() - 1;
        return last <= 0 || isAsNew(store.payload(PointIds.pointId(artifact, last), KEYS), event);
    }

    private static boolean isAsNew(Map<String, Value> payload, SoughtEvent event) {
        Value time = payload.get(ArtifactJson.TIME);
        if (time == null || !time.hasStringValue()) {
            return false;
        }
        Value id = payload.getOrDefault(ArtifactJson.EVENT_ID, Value.getDefaultInstance());
        return id.getStringValue().equals(event.id())
                || !EnvelopeHeaders.parseTime(time.getStringValue())
                        .isBefore(event.time().toInstant());
    }
}
