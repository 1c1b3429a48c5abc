package dev.dise.runtime.config;

import dev.dise.schemas.Json;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializerBase;

/** A config for a person's eyes: each setting by its path, secrets as four stars, time spans as they are written. */
final class ShownConfig {
    private static final JsonMapper MAPPER = Json.mapper()
            .rebuild()
            .addModule(new SimpleModule().addSerializer(Duration.class, new Spans()))
            .build();

    private ShownConfig() {}

    static Map<String, String> of(DiseConfig config) {
        ObjectNode tree = MAPPER.valueToTree(config);
        tree.withObject("kafka")
                .set("properties", MAPPER.valueToTree(config.kafka().shownProperties()));
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

    /** Writes time spans as the config does. */
    private static final class Spans extends ToStringSerializerBase {
        Spans() {
            super(Duration.class);
        }

        @Override
        public String valueToString(Object value) {
            return DurationText.of((Duration) value);
        }
    }
}
