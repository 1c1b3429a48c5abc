package dev.dise.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML and puts the environment into its scalars; after parsing, so that no value can break the file. */
final class ConfigFile {
    private static final YAMLMapper YAML = new YAMLMapper();

    private ConfigFile() {}

    static JsonNode read(Path file, Map<String, String> environment) {
        try {
            Map<String, String> variables = new HashMap<>(dotEnv(file.resolveSibling(".env")));
            variables.putAll(environment);
            return parse(Files.readString(file), variables);
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of("there is no file " + file + "; name one with --config"));
        } catch (IOException e) {
            throw new ConfigException(List.of("cannot read " + file + ": " + e.getMessage()));
        }
    }

    static JsonNode parse(String text, Map<String, String> variables) {
        StringSubstitutor substitutor = new StringSubstitutor(variables).setEnableUndefinedVariableException(true);
        try {
            return substitute(plain(text), substitutor);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(e.getMessage() + "; set it, or give a default as in ${NAME:-default}"));
        }
    }

    /** As it is written: nothing of the environment is put in. */
    static JsonNode plain(String text) {
        try {
            return YAML.readTree(text);
        } catch (JacksonException e) {
            throw new ConfigException(List.of("not valid YAML: " + e.getOriginalMessage()));
        }
    }

    private static JsonNode substitute(JsonNode node, StringSubstitutor substitutor) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> object.set(name, substitute(object.get(name), substitutor)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, substitute(array.get(i), substitutor));
            }
        } else if (node.isString()) {
            return StringNode.valueOf(substitutor.replace(node.stringValue()));
        }
        return node;
    }

    private static Map<String, String> dotEnv(Path file) throws IOException {
        Map<String, String> variables = new HashMap<>();
        if (!Files.exists(file)) {
            return variables;
        }
        for (String line : Files.readAllLines(file)) {
            String setting = line.strip().replaceFirst("^export\\s+", "");
            int equals = setting.indexOf('=');
            if (equals > 0 && !setting.startsWith("#")) {
                variables.put(
                        setting.substring(0, equals).strip(),
                        unquote(setting.substring(equals + 1).strip()));
            }
        }
        return variables;
    }

    private static String unquote(String value) {
        boolean quoted = value.matches("\"[^\"]*\"|'[^']*'");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
