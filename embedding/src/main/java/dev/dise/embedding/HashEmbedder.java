package dev.dise.embedding;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Feature hashing of words (Weinberger et al., 2009): no model, the same vector for ever, texts with words in common
 * are near each other. For tests. Unit length.
 */
final class HashEmbedder implements EmbeddingModel {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final int dimension;

    HashEmbedder(int dimension) {
        this.dimension = dimension;
    }

    /** What it is called. */
    static String name(int dimension) {
        return "hash-" + dimension;
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        return Response.from(
                segments.stream().map(segment -> embedding(segment.text())).toList());
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public String modelName() {
        return name(dimension);
    }

    private Embedding embedding(String text) {
        float[] vector = new float[dimension];
        vector[0] = 1e-3f;
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().forEach(word -> {
            int hash = word.group().hashCode() * 0x9E3779B1;
            vector[Math.floorMod(hash, dimension)] += (hash >>> 31) == 0 ? 1 : -1;
        });
        Embedding embedding = Embedding.from(vector);
        embedding.normalize();
        return embedding;
    }
}
