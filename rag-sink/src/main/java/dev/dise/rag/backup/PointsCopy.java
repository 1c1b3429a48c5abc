package dev.dise.rag.backup;

import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.config.RagConfig.Qdrant;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads every point of the collection that readers see, while others write to it: each point as it is when it is read, so
 * none older than the beginning of the copy. Memory is bounded by a page.
 */
public final class PointsCopy implements AutoCloseable {
    private static final int MOST = 256;

    private final Answers answers;
    private final QdrantLink link;
    private final QdrantClient client;
    private final CollectionFacts facts;

    private PointsCopy(Answers answers, QdrantLink link, CollectionFacts facts) {
        this.answers = answers;
        this.link = link;
        this.client = link.client();
        this.facts = facts;
    }

    /** Takes points, one after the other. */
    @FunctionalInterface
    public interface Taker {
        /** Takes one, serialized. */
        void take(byte[] point) throws IOException;
    }

    /**
     * Finds the collection; empty if there is none yet.
     *
     * @throws IllegalStateException if Qdrant cannot be reached
     */
    public static Optional<PointsCopy> open(Qdrant config) {
        Answers answers = new Answers(config);
        QdrantLink link = new QdrantLink(config, Answers.DEADLINE);
        QdrantClient client = link.client();
        boolean opened = false;
        try {
            Optional<String> name = answers.await(client.listAliasesAsync()).stream()
                    .filter(alias -> alias.getAliasName().equals(config.collection()))
                    .map(AliasDescription::getCollectionName)
                    .findFirst();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            PointsCopy copy = new PointsCopy(answers, link, facts(answers, client, config, name.get()));
            opened = true;
            return Optional.of(copy);
        } finally {
            if (!opened) {
                link.close();
            }
        }
    }

    private static CollectionFacts facts(Answers answers, QdrantClient client, Qdrant config, String name) {
        Matcher number = Pattern.compile(Pattern.quote(config.collection()) + "-g(\\d{1,4})")
                .matcher(name);
        if (!number.matches()) {
            throw new IllegalStateException("the alias " + config.collection() + " leads to the collection " + name
                    + ", which is no generation of it: check rag.qdrant.collection");
        }
        CollectionConfig made =
                answers.await(client.getCollectionInfoAsync(name)).getConfig();
        return new CollectionFacts(
                name,
                Integer.parseInt(number.group(1)),
                (int) made.getParams().getVectorsConfig().getParams().getSize(),
                Base64.getEncoder().encodeToString(made.toByteArray()));
    }

    public CollectionFacts facts() {
        return facts;
    }

    /** How many points there are now. */
    public long count() {
        return answers.await(client.countAsync(facts.name()));
    }

    /** Reads all points. */
    public void copy(Taker taker) throws IOException {
        @Nullable PointId next = null;
        do {
            ScrollResponse page = page(next);
            for (RetrievedPoint point : page.getResultList()) {
                taker.take(PointForm.written(point).toByteArray());
            }
            next = page.hasNextPageOffset() ? page.getNextPageOffset() : null;
        } while (next != null);
    }

    /** The points from this one on; fewer at once where they are large, since a client takes no answer of more than 4 MiB. */
    private ScrollResponse page(@Nullable PointId from) {
        for (int limit = MOST; ; limit /= 2) {
            try {
                return answers.awaitRaw(client.scrollAsync(request(from, limit)));
            } catch (ExecutionException e) {
                if (!Answers.isTooMuch(e) || limit == 1) {
                    throw answers.refused(e);
                }
            }
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private ScrollPoints request(@Nullable PointId from, int limit) {
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(facts.name())
                .setLimit(limit)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(true));
        if (from != null) {
            request.setOffset(from);
        }
        return request.build();
    }
}
