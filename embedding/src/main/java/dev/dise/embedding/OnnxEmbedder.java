package dev.dise.embedding;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;

/**
 * The model in this process: all-MiniLM-L6-v2, quantized, 384 dimensions, unit length. It comes inside its Maven
 * package, so nothing is fetched when it starts, and nothing is reported to anybody. As many
 * texts at once as there are cores; the vector of a text does not depend on its neighbours. Of a text over 510 tokens every
 * part counts, by its length. Thread-safe.
 */
final class OnnxEmbedder implements EmbeddingModel, AutoCloseable {
    private static final String NAME = "all-minilm-l6-v2-q";

    private final WordPieces pieces;
    private final OnnxModel model;

    private OnnxEmbedder(WordPieces pieces, OnnxModel model) {
        this.pieces = pieces;
        this.model = model;
    }

    /** Takes about a second. */
    static OnnxEmbedder load() {
        return new OnnxEmbedder(WordPieces.load(), OnnxModel.load());
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        List<String> texts = segments.stream().map(TextSegment::text).toList();
        return Response.from(
                pieces.of(texts).parallelStream().map(this::embedding).toList());
    }

    @Override
    public int dimension() {
        return OnnxModel.DIMENSIONS;
    }

    @Override
    public String modelName() {
        return NAME;
    }

    @Override
    public void close() {
        model.close();
        pieces.close();
    }

    private Embedding embedding(List<long[]> pieces) {
        float[] sum = new float[OnnxModel.DIMENSIONS];
        for (long[] piece : pieces) {
            float[] more = model.sum(piece);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += more[i];
            }
        }
        Embedding embedding = Embedding.from(sum);
        embedding.normalize();
        return embedding;
    }
}
