package dev.dise.embedding;

import dev.dise.runtime.config.RagConfig.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;

/** Makes the embedder that the config names. Adding one is a case here, a name in the config and a dependency. */
public final class Embedders {
    private Embedders() {}

    /** A model that is loaded and ready; thread-safe. Loading the in-process one takes about a second. */
    public static EmbeddingModel from(Embedding config) {
        return switch (config.provider()) {
            case ONNX -> OnnxEmbedder.load();
            case OLLAMA, OPENAI -> RemoteEmbedder.of(config);
            case HASH -> new HashEmbedder(config.dimension());
        };
    }
}
