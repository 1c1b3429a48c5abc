package dev.dise.cli.rebuild;

import dev.dise.embedding.ModelCard;
import dev.dise.embedding.ModelChoice;
import dev.dise.runtime.config.RagConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that name a model. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "embed with this model: onnx, ollama[:NAME], openai[:NAME] or hash (default: the live one, which"
                            + " embeds nothing)")
    private @Nullable String model;

    @Option(names = "--model-url", paramLabel = "URL", description = "where its server is, without /embeddings")
    private @Nullable String url;

    @Option(names = "--dimension", paramLabel = "N", description = "how long its vectors are, if that is not known")
    private @Nullable Integer dimension;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** The model; empty if none is named. */
    Optional<ModelCard> card(RagConfig.Embedding config) {
        if (model == null) {
            if (url != null || dimension != null) {
                throw new ParameterException(command.commandLine(), "--model-url and --dimension need --model");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(new ModelChoice(model, url, dimension).card(config));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--model: " + e.getMessage(), e);
        }
    }
}
