package dev.dise.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/**
 * The model in this process: all-MiniLM-L6-v2, quantized, 384 dimensions, unit length. It comes inside its Maven
 * package, so nothing is fetched when it starts, and nothing is reported to anybody. Texts over its 510 tokens are
 * embedded in parts and averaged.
 */
final class OnnxEmbedder {
    private OnnxEmbedder() {}

    static EmbeddingModel load() {
        try {
            OrtEnvironment.getEnvironment().setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not let its reports be turned off", e);
        }
        return new AllMiniLmL6V2QuantizedEmbeddingModel();
    }
}
