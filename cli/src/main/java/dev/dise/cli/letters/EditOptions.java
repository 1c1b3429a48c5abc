package dev.dise.cli.letters;

import dev.dise.operations.letters.LetterEdit;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The options that change the data of one letter. */
final class EditOptions {
    @Option(names = "--edit", paramLabel = "FILE", description = "send the JSON of this file instead of the data")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "/PATH=VALUE",
            description = "set a value of the data; JSON, or else a text. May be repeated")
    private List<String> values = List.of();

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Null if nothing is to be changed. */
    @Nullable
    LetterEdit edit() {
        if (file != null && !values.isEmpty()) {
            throw wrong("say --edit or --set, but not both");
        }
        if (file != null) {
            try {
                return new LetterEdit.Replace(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return values.isEmpty() ? null : new LetterEdit.SetValues(byPointer());
    }

    private Map<String, JsonNode> byPointer() {
        Map<String, JsonNode> byPointer = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            if (!value.startsWith("/") || equals < 0) {
                throw wrong("--set must be as in /severity=high but is " + value);
            }
            byPointer.put(value.substring(0, equals), node(value.substring(equals + 1)));
        }
        return byPointer;
    }

    private static JsonNode node(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JacksonException e) {
            // A text without quotes, as people write it.
            return StringNode.valueOf(text);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
