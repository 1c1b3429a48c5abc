package dev.dise.query.mcp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool asks of the service.
 *
 * @param path as in {@code /v1/logs}; names in it are percent-encoded
 * @param parameters every value of every name, not encoded
 * @param body what is sent; null for a question that only reads
 */
public record Call(
        String path,
        Map<String, List<String>> parameters,
        @Nullable ObjectNode body) {
    static Call get(String path, Map<String, List<String>> parameters) {
        return new Call(path, parameters, null);
    }
}
