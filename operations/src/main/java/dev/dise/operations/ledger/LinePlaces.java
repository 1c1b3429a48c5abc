package dev.dise.operations.ledger;

import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Topic;

/**
 * What the readers of the line are called.
 *
 * @param router group that reads {@code dise.events}
 * @param embedder group that reads {@code dise.rag}
 * @param vectorsTopic what the embedder writes
 * @param writer group that reads the vectors topic
 * @param collection that the writer fills
 */
public record LinePlaces(String router, String embedder, String vectorsTopic, String writer, String collection) {
    /** The live ones. */
    public static LinePlaces of(DiseConfig config) {
        int generation = config.rag().qdrant().generation();
        return new LinePlaces(
                "dise-router",
                "rag-sink-embed-g" + generation,
                Topic.VECTORS.topicName(),
                "rag-sink-g" + generation,
                config.rag().qdrant().collection());
    }
}
