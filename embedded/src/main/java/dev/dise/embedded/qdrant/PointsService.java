package dev.dise.embedded.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeleteFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePointVectors;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.GroupsResult;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryGroupsResponse;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateBatchPoints;
import io.qdrant.client.grpc.Points.UpdateBatchResponse;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The calls on points. What is not overridden answers UNIMPLEMENTED with its name. */
final class PointsService extends PointsGrpc.PointsImplBase {

    private final CollectionCatalog catalog;

    PointsService(CollectionCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> change(request.getCollectionName(), PointOperations.of(request), request.getWait()));
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> change(request.getCollectionName(), PointOperations.of(request), request.getWait()));
    }

    @Override
    public void updateVectors(UpdatePointVectors request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> change(request.getCollectionName(), PointOperations.of(request), request.getWait()));
    }

    @Override
    public void deleteVectors(DeletePointVectors request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> change(request.getCollectionName(), PointOperations.of(request), request.getWait()));
    }

    @Override
    public void setPayload(SetPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(
                observer, () -> change(request.getCollectionName(), PointOperations.set(request), request.getWait()));
    }

    @Override
    public void overwritePayload(SetPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(
                observer,
                () -> change(request.getCollectionName(), PointOperations.overwrite(request), request.getWait()));
    }

    @Override
    public void deletePayload(DeletePayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> change(request.getCollectionName(), PointOperations.of(request), request.getWait()));
    }

    @Override
    public void clearPayload(ClearPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> change(request.getCollectionName(), PointOperations.of(request), request.getWait()));
    }

    /** Each operation is whole by itself; one that is wrong ends the batch, and those before it stay. */
    @Override
    public void updateBatch(UpdateBatchPoints request, StreamObserver<UpdateBatchResponse> observer) {
        Reply.with(observer, () -> {
            UpdateBatchResponse.Builder response = UpdateBatchResponse.newBuilder();
            VectorCollection collection = catalog.get(request.getCollectionName());
            List<Change> changes = new ArrayList<>();
            for (PointsUpdateOperation operation : request.getOperationsList()) {
                changes.add(PointWrites.of(operation, collection.schema()));
            }
            for (Change change : changes) {
                response.addResult(write(collection, change, request.getWait()));
            }
            return response.build();
        });
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> {
            VectorCollection collection = catalog.get(request.getCollectionName());
            collection.addFieldIndex(request);
            return answer(write(collection, Change.NONE, request.getWait()));
        });
    }

    @Override
    public void deleteFieldIndex(DeleteFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        Reply.with(observer, () -> {
            VectorCollection collection = catalog.get(request.getCollectionName());
            collection.removeFieldIndex(request.getFieldName());
            return answer(write(collection, Change.NONE, request.getWait()));
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
        Reply.with(observer, () -> {
            VectorCollection collection = catalog.get(request.getCollectionName());
            return collection.points().read(points -> PointReads.scroll(request, points, collection.fieldIndexes()));
        });
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

    @Override
    public void queryGroups(QueryPointGroups request, StreamObserver<QueryGroupsResponse> observer) {
        Reply.with(observer, () -> {
            VectorCollection collection = catalog.get(request.getCollectionName());
            GroupsResult groups =
                    collection.points().read(points -> PointGroups.query(request, points, collection.fieldIndexes()));
            return QueryGroupsResponse.newBuilder().setResult(groups).build();
        });
    }

    private List<ScoredPoint> run(String collectionName, QueryPoints request) throws IOException {
        VectorCollection collection = catalog.get(collectionName);
        return collection.points().read(points -> PointQueries.query(request, points, collection.fieldIndexes()));
    }

    private <T> T read(String collectionName, PointIndex.Reading<T> reading) throws IOException {
        return catalog.get(collectionName).points().read(reading);
    }

    private PointsOperationResponse change(String collectionName, PointsUpdateOperation operation, boolean wait)
            throws IOException {
        VectorCollection collection = catalog.get(collectionName);
        return answer(write(collection, PointWrites.of(operation, collection.schema()), wait));
    }

    /** The change is finished in any case; a client that did not wait gets the answer it expects. */
    private static UpdateResult write(VectorCollection collection, Change change, boolean wait) throws IOException {
        PointIndex.Applied applied = collection.points().write(change);
        if (wait && applied.missing().isPresent()) {
            throw QdrantError.noPoint(PointKey.canonical(applied.missing().get()));
        }
        return UpdateResult.newBuilder()
                .setOperationId(applied.operation())
                .setStatus(wait ? UpdateStatus.Completed : UpdateStatus.Acknowledged)
                .build();
    }

    private static PointsOperationResponse answer(UpdateResult result) {
        return PointsOperationResponse.newBuilder().setResult(result).build();
    }
}
