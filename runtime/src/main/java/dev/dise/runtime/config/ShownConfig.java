package dev.dise.runtime.config;

import dev.dise.schemas.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A config for a person's eyes: each setting by its path, secrets as four stars. */
final class ShownConfig {
    private ShownConfig() {}

    static Map<String, String> of(DiseConfig config) {
        ObjectNode tree = Json.mapper().valueToTree(config);
        tree.withObject("kafka")
                .set("properties", Json.mapper().valueToTree(config.kafka().shownProperties()));
        tree.withObject("database")
                .put("statement_timeout", DurationText.of(config.database().statementTimeout()));
        ObjectNode retention = tree.withObject("database").withObject("keeping").putObject("retention");
        config.database().keeping().retention().forEach((table, kept) -> retention.put(table, DurationText.of(kept)));
        Map<String, String> settings = new TreeMap<>();
        flatten("", tree, settings);
        return settings;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> settings) {
        if (node.isObject()) {
            node.forEachEntry((name, child) -> flatten(path.isEmpty() ? name : path + "." + name, child, settings));
        } else {
            settings.put(path, node.isString() ? node.stringValue() : node.toString());
        }
    }
}
