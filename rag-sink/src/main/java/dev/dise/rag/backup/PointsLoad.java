package dev.dise.rag.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.dise.rag.store.CollectionShape;
import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.kafka.MovedOffsets;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fills a collection with points that were copied. Loading a point twice changes nothing, so a load that was killed begins
 * again. Memory is bounded by a request.
 */
public final class PointsLoad implements AutoCloseable {
    /** Qdrant's own limit is 32 MiB. */
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final int MOST_POINTS = 512;

    private final Qdrant config;
    private final String collection;
    private final CollectionFacts facts;
    private final Answers answers;
    private final QdrantLink link;
    private final QdrantClient client;
    private final List<PointStruct> waiting = new ArrayList<>();
    private int waitingBytes;

    /** Nothing is sent before it is asked for something. */
    public PointsLoad(Qdrant config, CollectionFacts facts) {
        this.config = config;
        this.facts = facts;
        this.answers = new Answers(config);
        this.collection = config.collection() + "-g" + facts.generation();
        this.link = new QdrantLink(config, Answers.DEADLINE);
        this.client = link.client();
    }

    /**
     * What stands in the way, in one sentence; empty if nothing does. Changes nothing.
     *
     * @throws IllegalStateException if Qdrant cannot be reached
     */
    public Optional<String> occupied() {
        Pattern generations = Pattern.compile(Pattern.quote(config.collection()) + "-g\\d{1,9}");
        return answers.await(client.listCollectionsAsync()).stream()
                .filter(name -> generations.matcher(name).matches())
                .filter(name -> answers.await(client.countAsync(name)) > 0)
                .findFirst()
                .map(name -> "the collection " + name + " has points");
    }

    /** Makes the collection as it was, if it is missing, with indexes and alias. */
    public void prepare() {
        if (!isThere()) {
            CollectionConfig made = made();
            answers.await(client.createCollectionAsync(CreateCollection.newBuilder()
                    .setCollectionName(collection)
                    .setVectorsConfig(made.getParams().getVectorsConfig())
                    .setSparseVectorsConfig(made.getParams().getSparseVectorsConfig())
                    .putAllMetadata(made.getMetadataMap())
                    .build()));
        }
        try {
            CollectionShape.index(link, collection);
        } catch (StoreUnavailableException e) {
            throw answers.refused(e);
        }
        answers.await(client.updateAliasesAsync(aliasHere(), Answers.DEADLINE));
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
                .setCollectionName(collection)
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
        return answers.await(client.countAsync(collection));
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
        link.close();
    }

    /** Also where services have made an empty collection of their own before. */
    private List<AliasOperations> aliasHere() {
        List<AliasOperations> actions = new ArrayList<>();
        String alias = config.collection();
        if (answers.await(client.listAliasesAsync()).stream()
                .anyMatch(there -> there.getAliasName().equals(alias))) {
            actions.add(AliasOperations.newBuilder()
                    .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias))
                    .build());
        }
        actions.add(AliasOperations.newBuilder()
                .setCreateAlias(CreateAlias.newBuilder().setAliasName(alias).setCollectionName(collection))
                .build());
        return actions;
    }

    private boolean isThere() {
        return answers.await(client.collectionExistsAsync(collection));
    }

    private CollectionConfig made() {
        try {
            return CollectionConfig.parseFrom(Base64.getDecoder().decode(facts.config()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the backup does not say what its collection is made of", e);
        }
    }
}
