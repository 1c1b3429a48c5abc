package dev.dise.embedding;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/**
 * The model in this process: all-MiniLM-L6-v2, quantized, 384 dimensions, unit length. It comes inside its Maven
 * package, so nothing is fetched when it starts. Texts over its 510 tokens are embedded in parts and averaged.
 */
final class OnnxEmbedder {
    private OnnxEmbedder() {}

    static EmbeddingModel load() {
        return new AllMiniLmL6V2QuantizedEmbeddingModel();
    }
}
