package dev.dise.cli.rebuild;

import dev.dise.schemas.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Saved queries: one a line, as plain text or as JSON with {@code text} or {@code query}. */
final class QueryFile {
    private QueryFile() {}

    /** @throws IllegalArgumentException if a line that begins as JSON is none, or has no query */
    static List<String> read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static List<String> parse(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(QueryFile::query)
                .toList();
    }

    private static String query(String line) {
        if (!line.startsWith("{")) {
            return line;
        }
        try {
            JsonNode json = Json.mapper().readTree(line);
            JsonNode text = json.path("text").isString() ? json.path("text") : json.path("query");
            if (text.isString()) {
                return Objects.requireNonNull(text.stringValue());
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a line of the queries begins as JSON and is none", e);
        }
        throw new IllegalArgumentException("a line of the queries has neither \"text\" nor \"query\"");
    }
}
