package dev.dise.embedded.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeleteFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import java.io.IOException;
import java.util.List;

/** The calls on points. What is not overridden answers UNIMPLEMENTED with its name. */
final class PointsService extends PointsGrpc.PointsImplBase {

    private final CollectionCatalog catalog;

    PointsService(CollectionCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> {
            VectorCollection collection = catalog.get(request.getCollectionName());
            return change(collection, PointWrites.upsert(request, collection.spec()), request.getWait());
        });
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(
                observer,
                () -> change(catalog.get(request.getCollectionName()), PointWrites.delete(request), request.getWait()));
    }

    @Override
    public void setPayload(SetPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(
                observer,
                () -> change(
                        catalog.get(request.getCollectionName()), PointWrites.setPayload(request), request.getWait()));
    }

    @Override
    public void overwritePayload(SetPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(
                observer,
                () -> change(
                        catalog.get(request.getCollectionName()),
                        PointWrites.overwritePayload(request),
                        request.getWait()));
    }

    @Override
    public void clearPayload(ClearPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(
                observer,
                () -> change(
                        catalog.get(request.getCollectionName()),
                        PointWrites.clearPayload(request),
                        request.getWait()));
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> {
            VectorCollection collection = catalog.get(request.getCollectionName());
            collection.addFieldIndex(request);
            return change(collection, Change.NONE, request.getWait());
        });
    }

    @Override
    public void deleteFieldIndex(DeleteFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> {
            VectorCollection collection = catalog.get(request.getCollectionName());
            collection.removeFieldIndex(request.getFieldName());
            return change(collection, Change.NONE, request.getWait());
        });
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> observer) {
        Reply.with(observer, () -> read(request.getCollectionName(), points -> PointReads.get(request, points)));
    }

    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> observer) {
        Reply.with(observer, () -> read(request.getCollectionName(), points -> PointReads.count(request, points)));
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> observer) {
        Reply.with(observer, () -> read(request.getCollectionName(), points -> PointReads.scroll(request, points)));
    }

    @Override
    public void query(QueryPoints request, StreamObserver<QueryResponse> observer) {
        Reply.with(
                observer,
                () -> QueryResponse.newBuilder()
                        .addAllResult(run(request.getCollectionName(), request))
                        .build());
    }

    @Override
    public void queryBatch(QueryBatchPoints request, StreamObserver<QueryBatchResponse> observer) {
        Reply.with(observer, () -> {
            QueryBatchResponse.Builder response = QueryBatchResponse.newBuilder();
            for (QueryPoints query : request.getQueryPointsList()) {
                List<ScoredPoint> points = run(request.getCollectionName(), query);
                response.addResult(BatchResult.newBuilder().addAllResult(points));
            }
            return response.build();
        });
    }

    private List<ScoredPoint> run(String collectionName, QueryPoints request) throws IOException {
        VectorCollection collection = catalog.get(collectionName);
        return collection.points().read(points -> PointQueries.query(request, points, collection.spec()));
    }

    private <T> T read(String collectionName, PointIndex.Reading<T> reading) throws IOException {
        return catalog.get(collectionName).points().read(reading);
    }

    /** The change is finished in any case; a client that did not wait gets the answer it expects. */
    private static PointsOperationResponse change(VectorCollection collection, Change change, boolean wait)
            throws IOException {
        long operation = collection.points().write(change);
        UpdateStatus status = wait ? UpdateStatus.Completed : UpdateStatus.Acknowledged;
        return PointsOperationResponse.newBuilder()
                .setResult(UpdateResult.newBuilder().setOperationId(operation).setStatus(status))
                .build();
    }
}
