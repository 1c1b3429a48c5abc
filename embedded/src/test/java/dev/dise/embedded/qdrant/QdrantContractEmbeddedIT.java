package dev.dise.embedded.qdrant;

import io.qdrant.client.QdrantClient;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, by the embedded server. */
class QdrantContractEmbeddedIT extends QdrantContract {

    private static @Nullable QdrantStack stack;

    @BeforeAll
    static void start(@TempDir Path directory) {
        stack = QdrantStack.start(directory);
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(stack).close();
    }

    @Override
    protected QdrantClient client() {
        return Objects.requireNonNull(stack).client();
    }
}
