package dev.dise.embedding;

import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.config.RagConfig.Embedding;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model as a person names it: {@code onnx}, {@code hash}, {@code ollama:nomic-embed-text}.
 *
 * @param text provider, and behind a colon the model as its server names it
 * @param url of its server; null for the config's, or the usual one
 * @param dimension how long its vectors are; null if that is known
 */
public record ModelChoice(
        String text, @Nullable String url, @Nullable Integer dimension) {
    private static final Map<RagConfig.Provider, String> URLS = Map.of(
            RagConfig.Provider.OLLAMA,
            "http://localhost:11434/v1",
            RagConfig.Provider.OPENAI,
            "https://api.openai.com/v1");
    private static final Map<RagConfig.Provider, String> NAMES =
            Map.of(RagConfig.Provider.OLLAMA, "nomic-embed-text", RagConfig.Provider.OPENAI, "text-embedding-3-small");
    private static final Map<String, Integer> DIMENSIONS = Map.of(
            "nomic-embed-text", 768,
            "mxbai-embed-large", 1024,
            "all-minilm", 384,
            "bge-m3", 1024,
            "text-embedding-3-small", 1536,
            "text-embedding-3-large", 3072,
            "text-embedding-ada-002", 1536);

    /**
     * Its card.
     *
     * @param config whose server is meant where none is named
     * @throws IllegalArgumentException if it names no model, or its dimension must be named too
     */
    public ModelCard card(Embedding config) {
        int colon = text.indexOf(':');
        RagConfig.Provider provider = provider(colon < 0 ? text : text.substring(0, colon));
        String name = colon < 0 ? "" : text.substring(colon + 1);
        if (!URLS.containsKey(provider)) {
            return inProcess(provider, name);
        }
        String server = provider == config.provider() ? config.url() : URLS.getOrDefault(provider, "");
        String model = name.isEmpty() ? NAMES.getOrDefault(provider, "") : name;
        return new ModelCard(provider, model, dimensionOf(model), url == null ? server : url);
    }

    private ModelCard inProcess(RagConfig.Provider provider, String name) {
        Embedding usual = Embedding.inProcess(provider);
        boolean isFixed = provider == RagConfig.Provider.ONNX;
        if (!name.isEmpty() || url != null || (isFixed && dimension != null && dimension != usual.dimension())) {
            throw new IllegalArgumentException(
                    "the model '" + text + "' is in this process: it has no name and no address"
                            + (isFixed ? ", and " + usual.dimension() + " dimensions" : ""));
        }
        return ModelCard.of(new Embedding(
                provider, "", "", dimension == null ? usual.dimension() : dimension, usual.apiKey(), usual.timeout()));
    }

    private int dimensionOf(String model) {
        Integer known = dimension == null ? DIMENSIONS.get(model) : dimension;
        if (known == null) {
            throw new IllegalArgumentException(
                    "how long the vectors of '" + model + "' are is not known here: name the dimension too");
        }
        return known;
    }

    private static RagConfig.Provider provider(String name) {
        return Arrays.stream(RagConfig.Provider.values())
                .filter(provider -> provider.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no provider of models; there are "
                        + Arrays.stream(RagConfig.Provider.values())
                                .map(provider -> provider.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
