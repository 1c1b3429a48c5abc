package dev.dise.embedded.qdrant;

import dev.dise.embedded.DirectoryLock;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A server of Qdrant's gRPC contract over Lucene on disk, listening on the loopback interface only, so that the official
 * client is what talks to it.
 *
 * <p>It serves health; collections with any number of dense and sparse vectors, the default one and named ones; aliases and
 * field indexes; on points upsert (with an update filter or mode), delete, changes of payloads and vectors, batches of them,
 * get, count and scroll; and queries: nearest by dense and sparse vectors (with Idf), recommend by the average, order by a
 * field, samples, prefetches fused by RRF or DBSF or ranked again, batches and groups. Conditions are all of Qdrant's but the
 * geographic ones. The contract suite of its tests runs against Qdrant itself as well.
 *
 * <p>It leaves out shards and replicas, snapshots, quantization (asked for, it is ignored), multi vectors, other data types
 * than 32-bit floats, the distance Manhattan, inference, look-ups in other collections, formulas, discovery, MMR and
 * feedback, facets, and the calls that the one named Query replaced. Any other call answers UNIMPLEMENTED with its name, any
 * other part of a request INVALID_ARGUMENT with its name. Texts are matched word by word whether or not there is a text index.
 *
 * <p>An answer to a change means that it is searchable and on the disk, as a whole; collections, aliases and points survive a
 * killed process and a power cut.
 */
public final class EmbeddedQdrant implements AutoCloseable {

    private static final String NAME = "Qdrant";
    private static final int MAX_REQUEST_BYTES = 64 << 20;
    private static final int CLOSE_SECONDS = 2;

    private final DirectoryLock lock;
    private final CollectionCatalog catalog;
    private final Server server;

    private EmbeddedQdrant(DirectoryLock lock, CollectionCatalog catalog, Server server) {
        this.lock = lock;
        this.catalog = catalog;
        this.server = server;
    }

    /**
     * Opens the collections and returns once clients can connect.
     *
     * @param port where clients connect, 0 for a free one
     * @throws IllegalStateException if the directory or the port is in use
     */
    public static EmbeddedQdrant start(Path dataDir, int port) {
        DirectoryLock lock = DirectoryLock.take(dataDir, NAME);
        try {
            CollectionCatalog catalog = CollectionCatalog.open(dataDir);
            return new EmbeddedQdrant(lock, catalog, startServer(catalog, port));
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException("cannot open the collections in " + dataDir, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Server startServer(CollectionCatalog catalog, int port) throws IOException {
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .maxInboundMessageSize(MAX_REQUEST_BYTES)
                    .addService(new HealthService())
                    .addService(new CollectionsService(catalog))
                    .addService(new PointsService(catalog))
                    .build()
                    .start();
        } catch (IOException e) {
            catalog.close();
            throw new IllegalStateException(
                    "Port " + port
                            + " for Qdrant is taken: stop the program that listens on it or choose another port.",
                    e);
        }
    }

    /** The port clients connect to. */
    public int port() {
        return server.getPort();
    }

    /** Lets running calls finish for two seconds, then stops. May be called twice. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        try {
            catalog.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the collections", e);
        } finally {
            lock.close();
        }
    }
}
