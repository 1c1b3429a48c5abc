package dev.dise.embedded.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.Collections.ListCollectionAliasesRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.CollectionsGrpc;
import java.util.function.Predicate;

/** The calls on collections and aliases. What is not overridden answers UNIMPLEMENTED with its name. */
final class CollectionsService extends CollectionsGrpc.CollectionsImplBase {

    private final CollectionCatalog catalog;

    CollectionsService(CollectionCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> observer) {
        Reply.with(observer, () -> {
            catalog.create(request);
            return done(true);
        });
    }

    @Override
    public void update(UpdateCollection request, StreamObserver<CollectionOperationResponse> observer) {
        Reply.with(observer, () -> {
            UpdateCollection rest = request.toBuilder()
                    .clearCollectionName()
                    .clearTimeout()
                    .clearMetadata()
                    .build();
            if (!rest.equals(UpdateCollection.getDefaultInstance())) {
                throw QdrantError.missing("changing anything of a collection but its metadata");
            }
            catalog.get(request.getCollectionName()).describe(request.getMetadataMap());
            return done(true);
        });
    }

    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> observer) {
        Reply.with(observer, () -> done(catalog.delete(request.getCollectionName())));
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> observer) {
        Reply.with(
                observer,
                () -> GetCollectionInfoResponse.newBuilder()
                        .setResult(catalog.get(request.getCollectionName()).info())
                        .build());
    }

    @Override
    public void list(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> observer) {
        Reply.with(observer, () -> {
            ListCollectionsResponse.Builder response = ListCollectionsResponse.newBuilder();
            catalog.names()
                    .forEach(name -> response.addCollections(
                            CollectionDescription.newBuilder().setName(name)));
            return response.build();
        });
    }

    @Override
    public void collectionExists(CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> observer) {
        Reply.with(
                observer,
                () -> CollectionExistsResponse.newBuilder()
                        .setResult(CollectionExists.newBuilder()
                                .setExists(catalog.find(request.getCollectionName())
                                        .isPresent()))
                        .build());
    }

    @Override
    public void updateAliases(ChangeAliases request, StreamObserver<CollectionOperationResponse> observer) {
        Reply.with(observer, () -> {
            catalog.changeAliases(request.getActionsList());
            return done(true);
        });
    }

    @Override
    public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
        Reply.with(observer, () -> aliases(alias -> true));
    }

    @Override
    public void listCollectionAliases(
            ListCollectionAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
        Reply.with(observer, () -> {
            catalog.get(request.getCollectionName());
            return aliases(alias -> alias.getCollectionName().equals(request.getCollectionName()));
        });
    }

    private ListAliasesResponse aliases(Predicate<AliasDescription> wanted) {
        return ListAliasesResponse.newBuilder()
                .addAllAliases(catalog.aliases().stream().filter(wanted).toList())
                .build();
    }

    private static CollectionOperationResponse done(boolean result) {
        return CollectionOperationResponse.newBuilder().setResult(result).build();
    }
}
