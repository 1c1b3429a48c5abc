package dev.dise.rag;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.embedding.EmbedderErrors;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The vectors of texts. What was embedded lately is remembered, so that a burst of equal texts, an artifact that comes again
 * and a batch that is tried again cost no second embedding. Used by one thread.
 */
final class TextVectors {
    /** Texts of one call to the embedder: what one failure costs. */
    private static final int CALL = 16;
    /** Numbers that are remembered: 16 MiB, or some 10,000 vectors of 384 dimensions. */
    private static final int REMEMBERED = 4 * 1024 * 1024;

    private final EmbeddingModel model;
    private final Counter computed;
    private final Counter reused;
    private final Map<String, float[]> remembered;

    TextVectors(EmbeddingModel model, MeterRegistry meters) {
        this.model = model;
        this.computed = meters.counter("dise.embeddings", "outcome", "computed");
        this.reused = meters.counter("dise.embeddings", "outcome", "reused");
        int most = Math.max(CALL, REMEMBERED / model.dimension());
        this.remembered = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * The vector of each text, one for equal texts; none for a text that the model refuses. What was embedded before a
     * failure is not embedded again when this is called again.
     *
     * @param texts may have the same text more than once
     */
    Map<String, float[]> of(Collection<String> texts) throws StoreUnavailableException {
        Map<String, float[]> vectors = new HashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (String text : texts) {
            String name = nameOf(text);
            float[] known = remembered.get(name);
            if (known != null) {
                vectors.put(text, known);
            } else {
                missing.put(text, name);
            }
        }
        reused.increment(texts.size() - missing.size());
        List<String> wanted = List.copyOf(missing.keySet());
        for (int from = 0; from < wanted.size(); from += CALL) {
            embed(wanted.subList(from, Math.min(from + CALL, wanted.size())), missing, vectors);
        }
        return vectors;
    }

    private void embed(List<String> texts, Map<String, String> names, Map<String, float[]> vectors)
            throws StoreUnavailableException {
        try {
            List<Embedding> embeddings = model.embedAll(
                            texts.stream().map(TextSegment::from).toList())
                    .content();
            requireOneEach(texts, embeddings);
            computed.increment(texts.size());
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                float[] vector = embeddings.get(i).vector();
                vectors.put(text, vector);
                remembered.put(names.getOrDefault(text, text), vector);
            }
        } catch (RuntimeException e) {
            if (!EmbedderErrors.isAboutTexts(e)) {
                throw EmbedderErrors.sorted(e);
            }
            if (texts.size() > 1) {
                embed(texts.subList(0, texts.size() / 2), names, vectors);
                embed(texts.subList(texts.size() / 2, texts.size()), names, vectors);
            }
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
                        + " dimensions, but is said to give " + model.dimension() + ": set rag.embedding.dimension to "
                        + embedding.dimension() + " and rag.qdrant.generation to a new number, or another model");
            }
        }
    }

    private static String nameOf(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
