package dev.dise.rag;

import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
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

    /**
     * Makes what is missing of a collection as the sink wants it: the collection, its payload indexes, and the alias if no
     * generation has it.
     *
     * @throws IllegalStateException if there is another collection of this name, or Qdrant cannot be reached
     */
    public static void prepare(Qdrant config, int dimension) {
        try (QdrantStore store = new QdrantStore(config)) {
            store.prepare(dimension);
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException(
                    "Qdrant at " + config.host() + ":" + config.grpcPort() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
