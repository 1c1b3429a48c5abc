package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.PointStructList;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.SetPayload;
import io.qdrant.client.grpc.Points.UpdateMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/** Turns operations on points into changes; refuses the whole operation if any part of it is wrong. */
final class PointWrites {

    private PointWrites() {}

    @SuppressWarnings("deprecation") // two operations have a former shape that older clients send
    static Change of(PointsUpdateOperation operation, VectorSchema schema) {
        return switch (operation.getOperationCase()) {
            case UPSERT -> upsert(operation.getUpsert(), schema);
            case DELETE_POINTS -> delete(operation.getDeletePoints().getPoints(), schema);
            case DELETE_DEPRECATED -> delete(operation.getDeleteDeprecated(), schema);
            case SET_PAYLOAD -> setPayload(operation.getSetPayload());
            // As in Qdrant the whole payload is replaced, whatever key is given.
            case OVERWRITE_PAYLOAD ->
                rewrite(
                        operation.getOverwritePayload().getPointsSelector(),
                        old -> operation.getOverwritePayload().getPayloadMap());
            case DELETE_PAYLOAD -> {
                List<PayloadPath> paths = operation.getDeletePayload().getKeysList().stream()
                        .map(PayloadPath::parse)
                        .toList();
                yield rewrite(
                        operation.getDeletePayload().getPointsSelector(), old -> PayloadEdits.without(old, paths));
            }
            case CLEAR_PAYLOAD -> rewrite(operation.getClearPayload().getPoints(), old -> Map.of());
            case CLEAR_PAYLOAD_DEPRECATED -> rewrite(operation.getClearPayloadDeprecated(), old -> Map.of());
            case UPDATE_VECTORS -> VectorWrites.update(operation.getUpdateVectors(), schema);
            case DELETE_VECTORS -> VectorWrites.delete(operation.getDeleteVectors(), schema);
            case OPERATION_NOT_SET -> throw QdrantError.badArgument("Operation is missing");
        };
    }

    private static Change upsert(PointStructList request, VectorSchema schema) {
        List<StoredPoint> points = request.getPointsList().stream()
                .map(point -> read(point, schema))
                .toList();
        new FilterQuery(schema).of(request.getUpdateFilter());
        boolean isConditional = request.hasUpdateFilter() || request.getUpdateMode() != UpdateMode.Upsert;
        return writer -> {
            if (isConditional) {
                upsertSome(writer, points, request.getUpdateFilter(), request.getUpdateMode());
                return;
            }
            for (StoredPoint point : points) {
                writer.put(point);
            }
        };
    }

    /** What was there before the operation decides, as in Qdrant, also where a point comes twice. */
    private static void upsertSome(PointWriter writer, List<StoredPoint> points, Filter filter, UpdateMode mode)
            throws IOException {
        List<PointId> ids = points.stream().map(StoredPoint::id).toList();
        Set<BytesRef> existing = writer.existing(ids);
        Set<BytesRef> passing = mode == UpdateMode.InsertOnly ? Set.of() : writer.passing(ids, filter);
        for (StoredPoint point : points) {
            boolean isNew = !existing.contains(point.key());
            if (isNew ? mode != UpdateMode.UpdateOnly : passing.contains(point.key())) {
                writer.put(point);
            }
        }
    }

    private static StoredPoint read(PointStruct point, VectorSchema schema) {
        PointKey.of(point.getId());
        if (!point.hasVectors()) {
            throw QdrantError.badArgument("Expected some vectors");
        }
        return new StoredPoint(
                PointKey.canonical(point.getId()),
                point.getPayloadMap(),
                VectorInputs.read(point.getVectors(), schema),
                0);
    }

    private static Change delete(PointsSelector selector, VectorSchema schema) {
        Query selected = switch (selector.getPointsSelectorOneOfCase()) {
            case POINTS -> FilterQuery.withIds(selector.getPoints().getIdsList());
            case FILTER -> new FilterQuery(schema).of(selector.getFilter());
            case POINTSSELECTORONEOF_NOT_SET -> throw QdrantError.badArgument("PointsSelector is missing");
        };
        return writer -> writer.delete(selected);
    }

    /** Sets the given keys and leaves the others. */
    private static Change setPayload(SetPayload request) {
        Map<String, Value> fields = request.getPayloadMap();
        if (!request.hasKey()) {
            return rewrite(request.getPointsSelector(), old -> PayloadEdits.merged(old, fields));
        }
        PayloadPath path = PayloadPath.parse(request.getKey());
        return rewrite(request.getPointsSelector(), old -> PayloadEdits.mergedAt(old, path, fields));
    }

    private static Change rewrite(PointsSelector selector, UnaryOperator<Map<String, Value>> payload) {
        return writer -> {
            for (StoredPoint point : writer.selected(selector)) {
                writer.put(point.withPayload(payload.apply(point.payload())));
            }
        };
    }
}
