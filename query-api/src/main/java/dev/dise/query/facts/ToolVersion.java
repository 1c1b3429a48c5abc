package dev.dise.query.facts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * A tool as it was from one event on: what that event said, and for the rest what was said before.
 *
 * @param fields every field that is known
 */
record ToolVersion(Map<String, JsonNode> fields) {
    static final List<String> FIELDS = List.of("tool_name", "tool_type", "tool_yaml", "tool_code", "metadata");

    private static final String CODE = "tool_code";
    private static final Pattern YAML_VERSION = Pattern.compile("(?m)^version:[ \\t]*[\"']?([^\"'\\s#]+)");

    ToolVersion {
        fields = Map.copyOf(fields);
    }

    /** Before the first event nothing is known. */
    static ToolVersion none() {
        return new ToolVersion(Map.of());
    }

    /** What it is with the fields that an event sets; null clears one. */
    ToolVersion with(JsonNode row, Iterable<JsonNode> set) {
        Map<String, JsonNode> newer = new LinkedHashMap<>(fields);
        for (JsonNode name : set) {
            if (FIELDS.contains(name.asString(""))) {
                JsonNode value = row.path(name.stringValue());
                if (value.isNull() || value.isMissingNode()) {
                    newer.remove(name.stringValue());
                } else {
                    newer.put(name.stringValue(), value);
                }
            }
        }
        return new ToolVersion(newer);
    }

    /** The fields in which it is not what the older one was. */
    List<String> changedSince(ToolVersion older) {
        List<String> changed = new ArrayList<>();
        for (String field : FIELDS) {
            if (!Objects.equals(fields.get(field), older.fields.get(field))) {
                changed.add(field);
            }
        }
        return changed;
    }

    @Nullable
    String code() {
        return text(CODE);
    }

    @Nullable
    String name() {
        return text("tool_name");
    }

    /** What its author calls the version: in the metadata, or else in the definition. */
    @Nullable
    String label() {
        JsonNode said = fields.getOrDefault("metadata", NullNode.getInstance()).path("version");
        if (said.isString() || said.isNumber()) {
            return said.asString();
        }
        Matcher yaml = YAML_VERSION.matcher(Objects.requireNonNullElse(text("tool_yaml"), ""));
        return yaml.find() ? yaml.group(1) : null;
    }

    /** SHA-256 of the code; null if there is none. */
    @Nullable
    String codeHash() {
        String code = code();
        if (code == null) {
            return null;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private @Nullable String text(String field) {
        JsonNode value = fields.get(field);
        return value == null || !value.isString() ? null : value.stringValue();
    }
}
