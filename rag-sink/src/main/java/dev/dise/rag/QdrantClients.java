package dev.dise.rag;

import dev.dise.runtime.config.RagConfig.Qdrant;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.time.Duration;

/** Makes clients of Qdrant. */
public final class QdrantClients {
    private QdrantClients() {}

    /**
     * Connects when it is first used.
     *
     * @param deadline of each call
     */
    public static QdrantClient open(Qdrant config, Duration deadline) {
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(config.host(), config.grpcPort(), config.tls())
                .withTimeout(deadline);
        if (!config.apiKey().value().isEmpty()) {
            builder.withApiKey(config.apiKey().value());
        }
        return new QdrantClient(builder.build());
    }
}
