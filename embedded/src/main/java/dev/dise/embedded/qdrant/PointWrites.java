package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateMode;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;

/** Turns the requests that change points into changes; refuses the whole request if any part of it is wrong. */
final class PointWrites {

    private PointWrites() {}

    static Change upsert(UpsertPoints request, VectorSpec spec) {
        List<StoredPoint> points =
                request.getPointsList().stream().map(point -> read(point, spec)).toList();
        PointPredicate mayReplace = FilterPredicate.compile(request.getUpdateFilter());
        UpdateMode mode = request.getUpdateMode();
        boolean needsOld = request.hasUpdateFilter() || mode != UpdateMode.Upsert;
        return writer -> {
            for (StoredPoint point : points) {
                if (!needsOld || isWanted(writer.find(point.id()), mode, mayReplace)) {
                    writer.put(point);
                }
            }
        };
    }

    private static boolean isWanted(Optional<StoredPoint> old, UpdateMode mode, PointPredicate mayReplace) {
        return switch (mode) {
            case Upsert, UNRECOGNIZED ->
                old.map(point -> mayReplace.test(point.id(), point.payload())).orElse(true);
            case InsertOnly -> old.isEmpty();
            case UpdateOnly ->
                old.map(point -> mayReplace.test(point.id(), point.payload())).orElse(false);
        };
    }

    private static StoredPoint read(PointStruct point, VectorSpec spec) {
        PointKey.of(point.getId());
        return new StoredPoint(
                PointKey.canonical(point.getId()), point.getPayloadMap(), spec.read(point.getVectors()), 0);
    }

    static Change delete(DeletePoints request) {
        Query selected = selected(request.getPoints());
        return writer -> writer.delete(selected);
    }

    /** Sets the given keys and leaves the others. */
    static Change setPayload(SetPayloadPoints request) {
        refuseKey(request);
        return rewrite(request.getPointsSelector(), old -> {
            Map<String, Value> payload = new HashMap<>(old);
            payload.putAll(request.getPayloadMap());
            return payload;
        });
    }

    static Change overwritePayload(SetPayloadPoints request) {
        refuseKey(request);
        return rewrite(request.getPointsSelector(), old -> request.getPayloadMap());
    }

    static Change clearPayload(ClearPayloadPoints request) {
        return rewrite(request.getPoints(), old -> Map.of());
    }

    private static void refuseKey(SetPayloadPoints request) {
        if (request.hasKey()) {
            throw QdrantError.missing("key (setting a part of the payload)");
        }
    }

    private static Change rewrite(PointsSelector selector, UnaryOperator<Map<String, Value>> payload) {
        Query selected = selected(selector);
        return writer -> rewrite(writer, selected, payload);
    }

    private static void rewrite(PointWriter writer, Query selected, UnaryOperator<Map<String, Value>> payload)
            throws IOException {
        for (StoredPoint point : writer.findAll(selected)) {
            writer.put(point.withPayload(payload.apply(point.payload())));
        }
    }

    private static Query selected(PointsSelector selector) {
        return switch (selector.getPointsSelectorOneOfCase()) {
            case POINTS -> withIds(selector.getPoints().getIdsList());
            case FILTER -> FilterQuery.of(selector.getFilter());
            case POINTSSELECTORONEOF_NOT_SET -> throw QdrantError.wrongInput("PointsSelector is missing");
        };
    }

    private static Query withIds(List<PointId> ids) {
        return new TermInSetQuery(
                PointDocument.ID, ids.stream().map(PointKey::of).toList());
    }
}
