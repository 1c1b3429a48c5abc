package dev.dise.embedded.qdrant;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.qdrant.QdrantContainer;

/** The contract, by Qdrant in a container; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class QdrantContractContainerIT extends QdrantContract {

    @Container
    private static final QdrantContainer QDRANT = new QdrantContainer("qdrant/qdrant:v1.18.0");

    private static @Nullable QdrantClient client;

    @BeforeAll
    static void connect() {
        client = new QdrantClient(QdrantGrpcClient.newBuilder(QDRANT.getHost(), QDRANT.getGrpcPort(), false)
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
