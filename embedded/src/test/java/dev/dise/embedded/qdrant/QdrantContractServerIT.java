package dev.dise.embedded.qdrant;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract, by the server that the environment names. It gets collections of its own, which are deleted again. */
@EnabledIfEnvironmentVariable(
        named = "QDRANT_HOST",
        matches = ".+",
        disabledReason = "QDRANT_HOST (and QDRANT_GRPC_PORT) name no server")
class QdrantContractServerIT extends QdrantContract {

    private static final String DEFAULT_PORT = "6334";

    private static @Nullable QdrantClient client;

    @BeforeAll
    static void connect() {
        int port = Integer.parseInt(System.getenv().getOrDefault("QDRANT_GRPC_PORT", DEFAULT_PORT));
        client = new QdrantClient(QdrantGrpcClient.newBuilder(System.getenv("QDRANT_HOST"), port, false)
                .build());
    }

    @AfterAll
    static void disconnect() {
        Objects.requireNonNull(client).close();
    }

    @Override
    protected QdrantClient client() {
        return Objects.requireNonNull(client);
    }
}
