package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.Map;
import org.apache.lucene.util.BytesRef;

/**
 * A point as it is kept.
 *
 * @param version the number of the operation that wrote it
 */
record StoredPoint(PointId id, Map<String, Value> payload, PointVectors vectors, long version) {

    BytesRef key() {
        return PointKey.of(id);
    }

    StoredPoint withPayload(Map<String, Value> newPayload) {
        return new StoredPoint(id, newPayload, vectors, version);
    }

    StoredPoint withVectors(PointVectors newVectors) {
        return new StoredPoint(id, payload, newVectors, version);
    }

    StoredPoint withVersion(long newVersion) {
        return new StoredPoint(id, payload, vectors, newVersion);
    }
}
