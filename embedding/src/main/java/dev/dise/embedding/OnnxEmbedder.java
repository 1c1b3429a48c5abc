package dev.dise.embedding;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The model in this process: all-MiniLM-L6-v2, quantized, 384 dimensions, unit length. It comes inside its Maven
 * package, so nothing is fetched when it starts, and nothing is reported to anybody. As many
 * texts at once as there are cores; the vector of a text does not depend on its neighbours. Of a text over 510 tokens every
 * part counts, by its length. Thread-safe.
 */
final class OnnxEmbedder implements EmbeddingModel, AutoCloseable {
    static final String NAME = "all-minilm-l6-v2-q";
    private static final int CORES = Runtime.getRuntime().availableProcessors();

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
        List<List<long[]>> texts =
                pieces.of(segments.stream().map(TextSegment::text).toList());
        // The longest first, each core taking the next: so none waits long for the others at the end.
        int[] order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -tokens(texts.get(i))))
                .mapToInt(Integer::intValue)
                .toArray();
        Embedding[] embeddings = new Embedding[order.length];
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, CORES).parallel().forEach(core -> {
            for (int i = next.getAndIncrement(); i < order.length; i = next.getAndIncrement()) {
                embeddings[order[i]] = embedding(texts.get(order[i]));
            }
        });
        return Response.from(List.of(embeddings));
    }

    private static int tokens(List<long[]> text) {
        return text.stream().mapToInt(piece -> piece.length).sum();
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
