package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePointVectors;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.ClearPayload;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.DeletePayload;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.DeleteVectors;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.OverwritePayload;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.PointStructList;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.SetPayload;
import io.qdrant.client.grpc.Points.PointsUpdateOperation.UpdateVectors;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpsertPoints;

/** The calls that change points as operations of a batch, so that both are done by the same code. */
final class PointOperations {

    private PointOperations() {}

    static PointsUpdateOperation of(UpsertPoints request) {
        PointStructList.Builder points = PointStructList.newBuilder()
                .addAllPoints(request.getPointsList())
                .setUpdateMode(request.getUpdateMode());
        if (request.hasUpdateFilter()) {
            points.setUpdateFilter(request.getUpdateFilter());
        }
        return PointsUpdateOperation.newBuilder().setUpsert(points).build();
    }

    static PointsUpdateOperation of(DeletePoints request) {
        var points = PointsUpdateOperation.DeletePoints.newBuilder().setPoints(request.getPoints());
        return PointsUpdateOperation.newBuilder().setDeletePoints(points).build();
    }

    static PointsUpdateOperation of(UpdatePointVectors request) {
        UpdateVectors.Builder vectors = UpdateVectors.newBuilder().addAllPoints(request.getPointsList());
        if (request.hasUpdateFilter()) {
            vectors.setUpdateFilter(request.getUpdateFilter());
        }
        return PointsUpdateOperation.newBuilder().setUpdateVectors(vectors).build();
    }

    static PointsUpdateOperation of(DeletePointVectors request) {
        DeleteVectors.Builder vectors = DeleteVectors.newBuilder()
                .setPointsSelector(request.getPointsSelector())
                .setVectors(request.getVectors());
        return PointsUpdateOperation.newBuilder().setDeleteVectors(vectors).build();
    }

    static PointsUpdateOperation set(SetPayloadPoints request) {
        SetPayload.Builder payload = SetPayload.newBuilder()
                .putAllPayload(request.getPayloadMap())
                .setPointsSelector(request.getPointsSelector());
        if (request.hasKey()) {
            payload.setKey(request.getKey());
        }
        return PointsUpdateOperation.newBuilder().setSetPayload(payload).build();
    }

    static PointsUpdateOperation overwrite(SetPayloadPoints request) {
        OverwritePayload.Builder payload = OverwritePayload.newBuilder()
                .putAllPayload(request.getPayloadMap())
                .setPointsSelector(request.getPointsSelector());
        return PointsUpdateOperation.newBuilder().setOverwritePayload(payload).build();
    }

    static PointsUpdateOperation of(DeletePayloadPoints request) {
        DeletePayload.Builder payload = DeletePayload.newBuilder()
                .addAllKeys(request.getKeysList())
                .setPointsSelector(request.getPointsSelector());
        return PointsUpdateOperation.newBuilder().setDeletePayload(payload).build();
    }

    static PointsUpdateOperation of(ClearPayloadPoints request) {
        ClearPayload.Builder payload = ClearPayload.newBuilder().setPoints(request.getPoints());
        return PointsUpdateOperation.newBuilder().setClearPayload(payload).build();
    }
}
