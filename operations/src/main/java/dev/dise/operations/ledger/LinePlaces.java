package dev.dise.operations.ledger;

import dev.dise.rag.store.LivePlaces;
import dev.dise.runtime.config.DiseConfig;

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
    /**
     * The live ones.
     *
     * @throws IllegalStateException if Qdrant does not answer
     */
    public static LinePlaces of(DiseConfig config) {
        LivePlaces live = LivePlaces.of(config.rag());
        return new LinePlaces("dise-router", live.embedder(), live.topic(), live.writer(), live.collection());
    }
}
