package dev.dise.embedding;

import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import java.util.Locale;
import java.util.Map;

/**
 * Which model made the vectors of a collection: all that is needed to make it again, without the key. It is kept beside the
 * vectors, so that whoever searches them asks the same model.
 *
 * @param name as the model calls itself
 * @param dimension how long its vectors are
 * @param url where its server is; empty if it needs none
 */
public record ModelCard(RagConfig.Provider provider, String name, int dimension, String url) {
    private static final String PROVIDER = "dise_model_provider";
    private static final String NAME = "dise_model_name";
    private static final String DIMENSION = "dise_model_dimension";
    private static final String URL = "dise_model_url";

    /** The card of the model that the config names. */
    public static ModelCard of(Embedding config) {
        String name = switch (config.provider()) {
            case ONNX -> OnnxEmbedder.NAME;
            case HASH -> HashEmbedder.name(config.dimension());
            case OLLAMA, OPENAI -> config.model();
        };
        return new ModelCard(config.provider(), name, config.dimension(), config.url());
    }

    /** The config of this model; what is no matter of the model, as the key, comes from another. */
    public Embedding config(Embedding other) {
        boolean isServer = provider == RagConfig.Provider.OLLAMA || provider == RagConfig.Provider.OPENAI;
        return new Embedding(provider, url, isServer ? name : "", dimension, other.apiKey(), other.timeout());
    }

    /** Whether a text has the same vector with both. Where the server stands does not matter. */
    public boolean isSameModel(ModelCard other) {
        return provider == other.provider && name.equals(other.name) && dimension == other.dimension;
    }

    /** For people: {@code openai:text-embedding-3-small}. */
    public String label() {
        return provider.name().toLowerCase(Locale.ROOT) + ":" + name;
    }

    /** What a collection keeps of it. */
    public Map<String, String> notes() {
        return Map.of(PROVIDER, provider.name(), NAME, name, DIMENSION, Integer.toString(dimension), URL, url);
    }

    /** Whether these notes are of a collection that says its model. */
    public static boolean isIn(Map<String, String> notes) {
        return notes.containsKey(PROVIDER) && notes.containsKey(NAME) && notes.containsKey(DIMENSION);
    }

    /**
     * Reads what {@link #notes} gave.
     *
     * @throws IllegalStateException if something else wrote it, or a newer version
     */
    public static ModelCard from(Map<String, String> notes) {
        try {
            return new ModelCard(
                    RagConfig.Provider.valueOf(notes.getOrDefault(PROVIDER, "")),
                    notes.getOrDefault(NAME, ""),
                    Integer.parseInt(notes.getOrDefault(DIMENSION, "")),
                    notes.getOrDefault(URL, ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the collection says a model that this version does not know: " + notes, e);
        }
    }
}
