package dev.dise.rag;

import static io.qdrant.client.WithPayloadSelectorFactory.enable;

import dev.dise.embedded.qdrant.EmbeddedQdrant;
import dev.dise.rag.store.Generation;
import dev.dise.rag.store.GenerationCatalog;
import dev.dise.rag.store.QdrantLink;
import dev.dise.rag.store.Source;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.config.Secret;
import dev.dise.runtime.generations.GenerationState;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A Qdrant server that can go away and come back on its port, and a reader of the alias. */
public final class QdrantStack implements AutoCloseable {
    private final Path directory;
    private final QdrantClient client;
    private final int port;
    private EmbeddedQdrant server;

    private QdrantStack(Path directory, EmbeddedQdrant server) {
        this.directory = directory;
        this.server = server;
        this.port = server.port();
        this.client = new QdrantClient(
                QdrantGrpcClient.newBuilder("127.0.0.1", port, false).build());
    }

    public static QdrantStack start(Path directory) {
        return new QdrantStack(directory, EmbeddedQdrant.start(directory, 0));
    }

    public int port() {
        return port;
    }

    public QdrantClient client() {
        return client;
    }

    public Qdrant config(String collection, int generation) {
        return new Qdrant("127.0.0.1", port, false, new Secret(""), collection, generation);
    }

    /** The collection of a generation as the sink writes it; made, and given its alias, if it is not there. */
    QdrantStore store(String collection, int generation) throws StoreUnavailableException {
        return store(collection, generation, new QdrantLink(config(collection, generation)));
    }

    /** The same, over a connection that becomes its own. */
    QdrantStore store(String collection, int generation, QdrantLink link) throws StoreUnavailableException {
        RagConfig config = config(config(collection, generation));
        try (QdrantLink own = new QdrantLink(config.qdrant())) {
            GenerationCatalog catalog = new GenerationCatalog(own, config, Clock.systemUTC());
            catalog.create(generation, Source.first(config), GenerationState.FOLLOWING);
            List<Generation> generations = catalog.list();
            if (GenerationCatalog.live(generations).isEmpty()) {
                catalog.switchTo(generations.getLast(), null);
            }
        }
        return new QdrantStore(link, config.qdrant().generationCollection());
    }

    private static RagConfig config(Qdrant qdrant) {
        return new RagConfig(qdrant, RagConfig.Embedding.inProcess(RagConfig.Provider.HASH));
    }

    public void takeAway() {
        server.close();
    }

    public void bringBack() {
        server = EmbeddedQdrant.start(directory, port);
    }

    /** Every point behind a name that is not deleted, with its payload; none if there is no such name yet. */
    public List<RetrievedPoint> points(String name) {
        return everything(name).stream()
                .filter(point -> !point.containsPayload("deleted"))
                .toList();
    }

    /** The same with what is deleted. */
    public List<RetrievedPoint> everything(String name) {
        try {
            boolean there = client.collectionExistsAsync(name).get()
                    || client.listAliasesAsync().get().stream()
                            .anyMatch(alias -> alias.getAliasName().equals(name));
            return there ? pages(name) : List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /** An answer may have 4 MiB at most. */
    private List<RetrievedPoint> pages(String name) throws ExecutionException, InterruptedException {
        List<RetrievedPoint> points = new ArrayList<>();
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(name)
                .setLimit(200)
                .setWithPayload(enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(true));
        while (true) {
            ScrollResponse page = client.scrollAsync(request.build()).get();
            points.addAll(page.getResultList());
            if (!page.hasNextPageOffset()) {
                return points;
            }
            request.setOffset(page.getNextPageOffset());
        }
    }
}
