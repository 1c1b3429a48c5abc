package dev.dise.rag;

import dev.dise.embedding.EmbedderErrors;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of texts. A text that a published point has, or that was embedded a moment ago, is not embedded again: neither
 * in a burst of equal texts, nor when an artifact comes again, nor when a batch is tried again. Used by one thread.
 */
final class TextVectors {
    /** Texts of one call to the embedder: what one failure costs. */
    private static final int CALL = 32;
    /** Numbers of dense vectors that are remembered until they are published: 4 MiB, and as much again for the sparse ones. */
    private static final int REMEMBERED = 1024 * 1024;

    private final EmbeddingModel model;
    private final Counter computed;
    private final Counter reused;
    private final PublishedPoints published;
    private final Map<UUID, Vectors> remembered;

    TextVectors(EmbeddingModel model, PublishedPoints published, MeterRegistry meters) {
        this.model = model;
        this.published = published;
        this.computed = meters.counter("dise.embeddings", "outcome", "computed");
        this.reused = meters.counter("dise.embeddings", "outcome", "reused");
        int most = Math.max(CALL, REMEMBERED / model.dimension());
        this.remembered = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Vectors> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * The vectors of each text, the same for equal texts: of a text that the model refuses there are none, and of one that it
     * makes no sound vector of they are {@link PointVectors#none}. What was embedded before a failure is not embedded again
     * when this is called again.
     *
     * @param texts may have the same text more than once
     */
    Map<String, Vectors> of(Collection<String> texts) throws StoreUnavailableException {
        Map<String, Vectors> vectors = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String text : texts) {
            Vectors known = vectors.containsKey(text) ? vectors.get(text) : known(keyOf(text));
            if (known != null) {
                vectors.put(text, known);
            } else {
                missing.add(text);
            }
        }
        reused.increment(texts.size() - missing.size());
        List<String> wanted = List.copyOf(missing);
        for (int from = 0; from < wanted.size(); from += CALL) {
            embed(wanted.subList(from, Math.min(from + CALL, wanted.size())), vectors);
        }
        return vectors;
    }

    /** The name of the model. */
    String model() {
        return model.modelName();
    }

    /** Which text, by this model. */
    UUID keyOf(String text) {
        return TextKey.of(model.modelName(), text);
    }

    private @Nullable Vectors known(UUID key) {
        Vectors known = remembered.get(key);
        return known == null ? published.vectors(key) : known;
    }

    private void embed(List<String> texts, Map<String, Vectors> vectors) throws StoreUnavailableException {
        List<Embedding> embeddings;
        try {
            embeddings = model.embedAll(texts.stream().map(TextSegment::from).toList())
                    .content();
        } catch (RuntimeException e) {
            if (!EmbedderErrors.isAboutTexts(e)) {
                throw EmbedderErrors.sorted(e);
            }
            if (texts.size() > 1) {
                embed(texts.subList(0, texts.size() / 2), vectors);
                embed(texts.subList(texts.size() / 2, texts.size()), vectors);
            }
            return;
        }
        requireOneEach(texts, embeddings);
        computed.increment(texts.size());
        List<Vectors> made = IntStream.range(0, texts.size())
                .parallel()
                .mapToObj(i -> PointVectors.of(embeddings.get(i).vector(), texts.get(i)))
                .toList();
        for (int i = 0; i < texts.size(); i++) {
            vectors.put(texts.get(i), made.get(i));
            remembered.put(keyOf(texts.get(i)), made.get(i));
        }
    }

    private void requireOneEach(List<String> texts, List<Embedding> embeddings) throws StoreUnavailableException {
        if (embeddings.size() != texts.size()) {
            // Which vector is whose could only be guessed.
            throw new StoreUnavailableException(
                    "the embedder gave " + embeddings.size() + " vectors for " + texts.size() + " texts",
                    new IllegalStateException("short answer"));
        }
        for (Embedding embedding : embeddings) {
            if (embedding.dimension() != model.dimension()) {
                throw new IllegalStateException("the embedder gives vectors of " + embedding.dimension()
                        + " dimensions, but is said to give " + model.dimension()
                        + ": set rag.embedding.dimension, or say"
                        + " --dimension " + embedding.dimension() + " where the model was changed by a rebuild");
            }
        }
    }
}
