package dev.dise.query.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A file that describes the routes of one concern; see the package for what is in it. */
record Fragment(ObjectNode root) {
    /** All files, in the order in which they are shown. */
    static final List<String> NAMES = List.of("rows", "read", "facts", "agents", "line", "admin");

    private static final YAMLMapper YAML = new YAMLMapper();

    static Fragment read(String name) {
        try (InputStream in = Fragment.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException(name + ".yaml is not in the jar");
            }
            return new Fragment((ObjectNode) YAML.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String tag() {
        return root.get("tag").stringValue();
    }

    /** The scope of its routes that do not say their own. */
    String scope() {
        return root.path("scope").asString("query");
    }

    /** A group of parameters that several routes have. */
    ObjectNode set(String name) {
        return object(root.path("sets").path(name), name);
    }

    ObjectNode schemas() {
        return root.path("schemas") instanceof ObjectNode schemas ? schemas : root.objectNode();
    }

    ObjectNode paths() {
        return object(root.path("paths"), "paths");
    }

    private static ObjectNode object(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException("a fragment of the description has no " + name);
    }
}
