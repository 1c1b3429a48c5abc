package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.DeleteVectors;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.UpdateVectors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.BytesRef;

/** Turns operations on the vectors of existing points into changes. Payloads and other vectors stay. */
final class VectorWrites {

    private VectorWrites() {}

    static Change update(UpdateVectors request, VectorSchema schema) {
        Map<PointId, PointVectors> updates = new LinkedHashMap<>();
        for (var point : request.getPointsList()) {
            PointKey.of(point.getId());
            updates.merge(
                    PointKey.canonical(point.getId()),
                    VectorInputs.read(point.getVectors(), schema),
                    PointVectors::with);
        }
        new FilterQuery(schema).of(request.getUpdateFilter());
        return writer -> {
            if (request.hasUpdateFilter()) {
                dropFailing(writer, updates, request);
            }
            for (Map.Entry<PointId, PointVectors> update : updates.entrySet()) {
                apply(writer, update.getKey(), update.getValue());
            }
        };
    }

    /** Points that are not there stay in the list, to be told as missing. */
    private static void dropFailing(PointWriter writer, Map<PointId, PointVectors> updates, UpdateVectors request)
            throws IOException {
        Set<BytesRef> existing = writer.existing(updates.keySet());
        Set<BytesRef> passing = writer.passing(updates.keySet(), request.getUpdateFilter());
        updates.keySet().removeIf(id -> existing.contains(PointKey.of(id)) && !passing.contains(PointKey.of(id)));
    }

    private static void apply(PointWriter writer, PointId id, PointVectors newer) throws IOException {
        Optional<StoredPoint> old = writer.find(id);
        if (old.isEmpty()) {
            writer.miss(id);
            return;
        }
        writer.put(old.get().withVectors(old.get().vectors().with(newer)));
    }

    static Change delete(DeleteVectors request, VectorSchema schema) {
        List<String> names = request.getVectors().getNamesList();
        if (names.isEmpty()) {
            throw QdrantError.invalid("vectors.names: must not be empty");
        }
        names.forEach(schema::require);
        return writer -> {
            for (StoredPoint point : writer.selected(request.getPointsSelector())) {
                writer.put(point.withVectors(point.vectors().without(names)));
            }
        };
    }
}
