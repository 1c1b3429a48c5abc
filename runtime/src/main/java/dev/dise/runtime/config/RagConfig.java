package dev.dise.runtime.config;

/** The side that is found by meaning: where Qdrant is, and what embeds. */
public record RagConfig(Qdrant qdrant, Embedding embedding) {

    /**
     * How to reach Qdrant.
     *
     * @param collection the live name, an alias of the generation's collection
     * @param generation number of the store's incarnation that the sink writes
     */
    public record Qdrant(String host, int grpcPort, boolean tls, Secret apiKey, String collection, int generation) {
        /** The collection behind the alias: {@code dise-artifacts-g1}. */
        public String generationCollection() {
            return collection + "-g" + generation;
        }
    }

    /** What makes vectors. */
    public record Embedding(Provider provider) {}

    /** The embedders that there are. */
    public enum Provider {
        /** In process: all-MiniLM-L6-v2, quantized, 384 dimensions. */
        ONNX,
        /** Hashed words, for tests: no model, stable, 384 dimensions. */
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
                new Embedding(embedding.choice("provider", Provider.ONNX, Provider.values())));
        qdrant.refuseUnknownKeys();
        embedding.refuseUnknownKeys();
        section.refuseUnknownKeys();
        return config;
    }

    /** The same with Qdrant on a port of this machine. */
    RagConfig at(int grpcPort) {
        return new RagConfig(
                new Qdrant("127.0.0.1", grpcPort, false, new Secret(""), qdrant.collection(), qdrant.generation()),
                embedding);
    }
}
