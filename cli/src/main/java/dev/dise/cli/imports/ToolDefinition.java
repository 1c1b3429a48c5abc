package dev.dise.cli.imports;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the YAML of a tool says about it. */
record ToolDefinition(
        Optional<String> description, @Nullable JsonNode tags) {
    private static final ToolDefinition SILENT = new ToolDefinition(Optional.empty(), null);
    private static final YAMLMapper YAML = new YAMLMapper();

    static ToolDefinition parse(String yaml) {
        try {
            JsonNode root = YAML.readTree(yaml);
            JsonNode description = root.get("description");
            return new ToolDefinition(
                    Optional.ofNullable(description)
                            .filter(JsonNode::isString)
                            .map(text -> PlainText.of(text.stringValue()).strip()),
                    root.get("tags"));
        } catch (JacksonException e) {
            // The text is kept as it is; only what it would have said about itself is missing.
            return SILENT;
        }
    }
}
