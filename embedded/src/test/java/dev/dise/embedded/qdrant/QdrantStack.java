package dev.dise.embedded.qdrant;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import java.nio.file.Path;

/** A server and the official client connected to it. */
record QdrantStack(Path directory, EmbeddedQdrant server, QdrantClient client) implements AutoCloseable {

    static QdrantStack start(Path directory) {
        EmbeddedQdrant server = EmbeddedQdrant.start(directory, 0);
        QdrantClient client = new QdrantClient(
                QdrantGrpcClient.newBuilder("127.0.0.1", server.port(), false).build());
        return new QdrantStack(directory, server, client);
    }

    QdrantStack restart() {
        close();
        return start(directory);
    }

    void createCollection(String name, int size) throws Exception {
        VectorParams params = VectorParams.newBuilder()
                .setSize(size)
                .setDistance(Distance.Cosine)
                .build();
        client.createCollectionAsync(name, params).get();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
