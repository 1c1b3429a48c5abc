package dev.dise.embedding;

import dev.dise.runtime.config.RagConfig.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The models by their cards, each loaded once. Keys and time limits come from the config. Thread-safe. */
public final class Models {
    private final Embedding config;
    private final @Nullable EmbeddingModel usual;
    private final Map<ModelCard, EmbeddingModel> others = new ConcurrentHashMap<>();

    /**
     * Models beside one that is loaded already.
     *
     * @param usual the model that the config names; stays the caller's
     */
    public Models(Embedding config, EmbeddingModel usual) {
        this.config = config;
        this.usual = usual;
    }

    /** Models of which none is loaded yet. */
    public Models(Embedding config) {
        this.config = config;
        this.usual = null;
    }

    /** The model that the config names. */
    public EmbeddingModel usual() {
        return of(ModelCard.of(config));
    }

    /** The model, ready; the first call may take a second. */
    public EmbeddingModel of(ModelCard card) {
        return usual != null && card.isSameModel(ModelCard.of(config))
                ? usual
                : others.computeIfAbsent(card, other -> Embedders.from(other.config(config)));
    }
}
