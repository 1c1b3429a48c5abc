package dev.dise.rag.store;

import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.Clock;

/**
 * Where the points come from that readers see.
 *
 * @param collection that readers see
 * @param topic of its points
 * @param writer the consumer group that reads the topic into the collection
 * @param embedder the consumer group that reads {@code dise.rag} for the topic
 * @param dimension how long its vectors are
 */
public record LivePlaces(String collection, String topic, String writer, String embedder, int dimension) {
    /**
     * As Qdrant says now; where there is no collection yet, as the sink will make it.
     *
     * @throws IllegalStateException if Qdrant does not answer
     */
    public static LivePlaces of(RagConfig config) {
        try (QdrantLink link = new QdrantLink(config.qdrant())) {
            return GenerationCatalog.live(new GenerationCatalog(link, config, Clock.systemUTC()).list())
                    .map(live -> of(live.collection(), live.writeGroup(), live.source()))
                    .orElseGet(() -> first(config));
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException("Qdrant does not say which collection is live: " + e.getMessage(), e);
        }
    }

    private static LivePlaces first(RagConfig config) {
        int number = config.qdrant().generation();
        return of(config.qdrant().collection() + "-g" + number, Generation.writeGroup(number), Source.first(config));
    }

    private static LivePlaces of(String collection, String writer, Source source) {
        return new LivePlaces(
                collection,
                source.topic(),
                writer,
                source.embedGroup(),
                source.model().dimension());
    }
}
