package dev.dise.embedding;

import dev.dise.runtime.config.RagConfig;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;

/**
 * A model behind OpenAI's {@code /embeddings} call, as OpenAI, Ollama, vLLM and many more serve it. It tries once: waiting
 * and trying again is the sink's, which has the partitions paused meanwhile. Thread-safe.
 */
final class RemoteEmbedder {
    private RemoteEmbedder() {}

    /** Connects with the first text, so that it starts without its server. */
    static EmbeddingModel of(RagConfig.Embedding config) {
        String key = config.apiKey().value();
        var builder = OpenAiEmbeddingModel.builder()
                .httpClientBuilder(ProviderHttp.builder())
                .baseUrl(config.url())
                .apiKey(key.isEmpty() ? null : key)
                .modelName(config.model())
                .timeout(config.timeout())
                .maxRetries(0);
        return new OpenAiEmbeddingModel(builder) {
            // Asking the server for it would need the server.
            @Override
            protected Integer knownDimension() {
                return config.dimension();
            }
        };
    }
}
