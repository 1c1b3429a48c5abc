package dev.dise.embedded.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;

/** Says that the server is there, and which version of the contract it serves. */
final class HealthService extends QdrantGrpc.QdrantImplBase {

    /** The server version the client of this build was made for; clients compare. */
    private static final String VERSION = "1.18.0";

    @Override
    public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> observer) {
        Reply.with(
                observer,
                () -> HealthCheckReply.newBuilder()
                        .setTitle("qdrant - vector search engine (embedded, over Lucene)")
                        .setVersion(VERSION)
                        .build());
    }
}
