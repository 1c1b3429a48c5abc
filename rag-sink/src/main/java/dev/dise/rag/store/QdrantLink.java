package dev.dise.rag.store;

import com.google.common.util.concurrent.ListenableFuture;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to Qdrant of which every call has a deadline, and every failure one meaning. Thread-safe. */
public final class QdrantLink implements AutoCloseable {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);
    /** A page of points with their vectors and payloads. */
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;
    /** The first with {@code update_filter} (qdrant/qdrant, pull request 7006), and with metadata of collections. */
    private static final int OLDEST_MINOR = 16;

    private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)");

    private final QdrantClient client;
    private final Qdrant config;
    private final Duration deadline;

    /** Connects with the first call. */
    public QdrantLink(Qdrant config) {
        this(config, USUAL_DEADLINE);
    }

    /**
     * Connects with the first call.
     *
     * @param deadline of each call
     */
    public QdrantLink(Qdrant config, Duration deadline) {
        this.config = config;
        this.deadline = deadline;
        QdrantGrpcClient.Builder builder =
                QdrantGrpcClient.newBuilder(channel(config), true).withTimeout(deadline);
        if (!config.apiKey().value().isEmpty()) {
            builder.withApiKey(config.apiKey().value());
        }
        this.client = new QdrantClient(builder.build());
    }

    private static ManagedChannel channel(Qdrant config) {
        ManagedChannelBuilder<?> channel = ManagedChannelBuilder.forAddress(config.host(), config.grpcPort());
        return (config.tls() ? channel.useTransportSecurity() : channel.usePlaintext())
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .build();
    }

    /** The calls; each answer is for {@link #await}. */
    public QdrantClient client() {
        return client;
    }

    /** How long a call may take. */
    public Duration deadline() {
        return deadline;
    }

    /**
     * An older server would overwrite the newer with the older, and forget what a collection says of itself.
     *
     * @throws IllegalStateException if it is too old
     */
    public void requireVersion() throws StoreUnavailableException {
        String version = await(client.healthCheckAsync(deadline)).getVersion();
        Matcher parts = VERSION.matcher(version);
        if (parts.find() && Integer.parseInt(parts.group(1)) == 1 && Integer.parseInt(parts.group(2)) < OLDEST_MINOR) {
            throw new IllegalStateException("Qdrant " + version + " at " + config.host() + ":" + config.grpcPort()
                    + " is too old: 1." + OLDEST_MINOR + " or newer is needed, which writes by condition");
        }
    }

    /**
     * The answer.
     *
     * @throws StoreUnavailableException if the same call may work later
     * @throws IllegalStateException if it never will
     */
    public <T> T await(ListenableFuture<T> answer) throws StoreUnavailableException {
        try {
            return awaitRaw(answer);
        } catch (ExecutionException e) {
            throw QdrantErrors.sorted(e);
        }
    }

    /** The answer; what Qdrant refuses is for the caller to sort. */
    public <T> T awaitRaw(ListenableFuture<T> answer) throws StoreUnavailableException, ExecutionException {
        try {
            return answer.get(deadline.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw QdrantErrors.sorted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for Qdrant", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
