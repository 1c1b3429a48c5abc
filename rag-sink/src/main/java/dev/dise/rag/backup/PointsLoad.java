package dev.dise.rag.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.dise.rag.QdrantClients;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.kafka.MovedOffsets;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Fills a collection with points that were copied. Loading a point twice changes nothing, so a load that was killed begins
 * again. Memory is bounded by a request.
 */
public final class PointsLoad implements AutoCloseable {
    /** Qdrant's own limit is 32 MiB. */
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final int MOST_POINTS = 512;

    private final Qdrant config;
    private final CollectionFacts facts;
    private final Answers answers;
    private final QdrantClient client;
    private final List<PointStruct> waiting = new ArrayList<>();
    private int waitingBytes;

    /** Nothing is sent before it is asked for something. */
    public PointsLoad(Qdrant config, CollectionFacts facts) {
        this.config = config;
        this.facts = facts;
        this.answers = new Answers(config);
        this.client = QdrantClients.connect(config, Answers.DEADLINE);
    }

    /**
     * What stands in the way, in one sentence; empty if nothing does. Changes nothing.
     *
     * @throws IllegalStateException if Qdrant cannot be reached
     */
    public Optional<String> occupied() {
        if (config.generation() != facts.generation()) {
            return Optional.of("the backup is of generation " + facts.generation()
                    + " of Qdrant: set rag.qdrant.generation to " + facts.generation());
        }
        boolean hasPoints = isThere() && count() > 0;
        return hasPoints
                ? Optional.of("the collection " + config.generationCollection() + " has points")
                : Optional.empty();
    }

    /** Makes the collection as it was, if it is missing, with indexes and alias. */
    public void prepare() {
        if (!isThere()) {
            CollectionConfig made = made();
            answers.await(client.createCollectionAsync(CreateCollection.newBuilder()
                    .setCollectionName(config.generationCollection())
                    .setVectorsConfig(made.getParams().getVectorsConfig())
                    .setSparseVectorsConfig(made.getParams().getSparseVectorsConfig())
                    .putAllMetadata(made.getMetadataMap())
                    .build()));
        }
        QdrantClients.prepare(config, facts.dimension());
    }

    /**
     * Takes a point; it may be written later.
     *
     * @throws IOException if the bytes are no point
     */
    public void add(byte[] point, MovedOffsets moved) throws IOException {
        if (!waiting.isEmpty() && (waiting.size() >= MOST_POINTS || waitingBytes + point.length > MOST_BYTES)) {
            flush();
        }
        waiting.add(PointForm.moved(PointStruct.parseFrom(point), moved));
        waitingBytes += point.length;
    }

    /** Returns when Qdrant has every point that it was given. */
    public void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        UpdateResult result = answers.await(client.upsertAsync(UpsertPoints.newBuilder()
                .setCollectionName(config.generationCollection())
                .addAllPoints(waiting)
                .setWait(true)
                .build()));
        if (result.getStatus() != UpdateStatus.Completed) {
            throw new IllegalStateException("Qdrant has not written the points yet: " + result.getStatus());
        }
        waiting.clear();
        waitingBytes = 0;
    }

    /** How many points there are now. */
    public long count() {
        return answers.await(client.countAsync(config.generationCollection()));
    }

    /** A record's value of {@code dise.vectors}, from the offset that its own record has where it goes. */
    public static byte[] moved(byte[] value, MovedOffsets moved) {
        try {
            PointStruct point = PointStruct.parseFrom(value);
            PointStruct there = PointForm.moved(point, moved);
            return there.equals(point) ? value : there.toByteArray();
        } catch (InvalidProtocolBufferException e) {
            // Somebody else's garbage, which the sink refuses here as it did there.
            return value;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private boolean isThere() {
        return answers.await(client.collectionExistsAsync(config.generationCollection()));
    }

    private CollectionConfig made() {
        try {
            return CollectionConfig.parseFrom(Base64.getDecoder().decode(facts.config()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the backup does not say what its collection is made of", e);
        }
    }
}
