package dev.dise.rag.store;

import dev.dise.embedding.ModelCard;
import dev.dise.runtime.config.RagConfig;
import dev.dise.schemas.Topic;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a generation's points come from.
 *
 * @param topic of ready points, of one model alone
 * @param embedGroup the consumer group that reads {@code dise.rag} for the topic
 * @param model that made the vectors
 */
public record Source(String topic, String embedGroup, ModelCard model) {
    private static final String TOPIC = "dise_topic";
    private static final String EMBED_GROUP = "dise_embed_group";

    /** That of a new store, and of one that an earlier version has made: the config's model, and {@code dise.vectors}. */
    public static Source first(RagConfig config) {
        return new Source(
                Topic.VECTORS.topicName(),
                "rag-sink-embed-g" + config.qdrant().generation(),
                ModelCard.of(config.embedding()));
    }

    /** That of a generation whose model is a new one. */
    public static Source ofNewModel(int generation, ModelCard model) {
        return new Source(Topic.VECTORS.topicName() + "-g" + generation, "rag-sink-embed-g" + generation, model);
    }

    Map<String, String> notes() {
        Map<String, String> notes = new HashMap<>(model.notes());
        notes.put(TOPIC, topic);
        notes.put(EMBED_GROUP, embedGroup);
        return notes;
    }

    static Source from(Map<String, String> notes, RagConfig config) {
        Source first = first(config);
        if (!ModelCard.isIn(notes)) {
            return first;
        }
        return new Source(
                notes.getOrDefault(TOPIC, first.topic()),
                notes.getOrDefault(EMBED_GROUP, first.embedGroup()),
                ModelCard.from(notes));
    }
}
