package dev.dise.runtime.config;

import java.time.Duration;

/** The side that is found by meaning: where Qdrant is, and what embeds. */
public record RagConfig(Qdrant qdrant, Embedding embedding) {
    private static final int IN_PROCESS_DIMENSION = 384;
    private static final Duration IN_PROCESS_TIMEOUT = Duration.ofSeconds(60);

    /**
     * How to reach Qdrant.
     *
     * @param collection the live name, an alias of the generation's collection
     * @param generation number of the store's first incarnation; later ones are known to Qdrant
     */
    public record Qdrant(String host, int grpcPort, boolean tls, Secret apiKey, String collection, int generation) {
        /** The collection behind the alias: {@code dise-artifacts-g1}. */
        public String generationCollection() {
            return collection + "-g" + generation;
        }
    }

    /**
     * What makes vectors.
     *
     * @param url where a server's OpenAI-compatible calls are, up to and without {@code /embeddings}; of servers only
     * @param model as the server names it; of servers only
     * @param dimension how long its vectors are; of servers, and of hashed words
     * @param apiKey sent as a bearer token; may be empty
     * @param timeout of one call
     */
    public record Embedding(
            Provider provider, String url, String model, int dimension, Secret apiKey, Duration timeout) {
        /** An embedder in this process, which needs no more. */
        public static Embedding inProcess(Provider provider) {
            return new Embedding(provider, "", "", IN_PROCESS_DIMENSION, new Secret(""), IN_PROCESS_TIMEOUT);
        }
    }

    /** The embedders that there are. */
    public enum Provider {
        /** In process: all-MiniLM-L6-v2, quantized, 384 dimensions. */
        ONNX,
        /** An Ollama server; by default this machine's, with {@code nomic-embed-text}, 768 dimensions. */
        OLLAMA,
        /** Any server with OpenAI's {@code /embeddings}; by default OpenAI's own, {@code text-embedding-3-small}. */
        OPENAI,
        /** Hashed words, for tests: no model, stable, 384 dimensions unless the config says otherwise. */
        HASH
    }

    static RagConfig from(Section section) {
        Section qdrant = section.section("qdrant");
        Section embedding = section.section("embedding");
        RagConfig config = new RagConfig(
                new Qdrant(
                        qdrant.requiredText("host", "localhost"),
                        qdrant.number("grpc_port", 6334, 1, 65535),
                        qdrant.flag("tls", false),
                        qdrant.secret("api_key"),
                        qdrant.requiredText("collection", "dise-artifacts"),
                        qdrant.number("generation", 1, 1, 9999)),
                embedding(embedding));
        qdrant.refuseUnknownKeys();
        embedding.refuseUnknownKeys();
        section.refuseUnknownKeys();
        return config;
    }

    private static Embedding embedding(Section section) {
        Provider provider = section.choice("provider", Provider.ONNX, Provider.values());
        return switch (provider) {
            case ONNX -> inProcess(section, provider, IN_PROCESS_DIMENSION);
            case HASH -> inProcess(section, provider, section.number("dimension", IN_PROCESS_DIMENSION, 2, 65_536));
            case OLLAMA -> server(section, provider, "http://localhost:11434/v1", "nomic-embed-text", 768);
            case OPENAI -> server(section, provider, "https://api.openai.com/v1", "text-embedding-3-small", 1536);
        };
    }

    /** It has a key all the same: a rebuild may go to a server. */
    private static Embedding inProcess(Section section, Provider provider, int dimension) {
        return new Embedding(provider, "", "", dimension, section.secret("api_key"), IN_PROCESS_TIMEOUT);
    }

    private static Embedding server(Section section, Provider provider, String url, String model, int dimension) {
        return new Embedding(
                provider,
                section.requiredText("url", url),
                section.requiredText("model", model),
                section.number("dimension", dimension, 1, 65_536),
                section.secret("api_key"),
                section.duration("timeout", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(1)));
    }

    /** The same with Qdrant on a port of this machine. */
    RagConfig at(int grpcPort) {
        return new RagConfig(
                new Qdrant("127.0.0.1", grpcPort, false, new Secret(""), qdrant.collection(), qdrant.generation()),
                embedding);
    }
}
