package dev.dise.cli.imports;

import dev.dise.schemas.Event;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Entries as DiSE itself keeps them in {@code index.json}: one object, each entry under its id. Read entry by entry. */
final class IndexEntries implements MemoryEntries {
    /** As strict as for events, but for the number of tokens: the file is one document, however many its entries. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(Json.MAX_DEPTH + 1)
            .maxNumberLength(Json.MAX_DIGITS)
            .maxNameLength(10_000)
            .maxStringLength(Event.MAX_DATA_BYTES)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final InputStream in;
    private final JsonParser parser;
    private long number;
    private boolean atEnd;

    IndexEntries(InputStream in) {
        this.in = in;
        parser = MAPPER.createParser(in);
        parser.nextToken();
    }

    /** Whether the file begins as an index does: with nothing, or with an entry that names itself. */
    static boolean isIndex(Path file) throws IOException {
        try (InputStream in = MemoryEntries.stream(file);
                JsonParser parser = MAPPER.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            if (parser.nextName() == null) {
                return true;
            }
            return parser.nextToken() == JsonToken.START_OBJECT && namesItself(parser.readValueAsTree());
        } catch (JacksonException e) {
            // Then its lines will say what is wrong, each for itself.
            return false;
        }
    }

    @Override
    public @Nullable MemoryEntry next() {
        if (atEnd) {
            return null;
        }
        try {
            String id = parser.nextName();
            return id == null ? end() : entry(id);
        } catch (JacksonException e) {
            atEnd = true;
            String explanation = "the file cannot be read from here on: " + e.getOriginalMessage();
            return MemoryEntry.refused(++number, Refusal.Reason.NOT_JSON, explanation);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
        in.close();
    }

    private MemoryEntry entry(String id) {
        parser.nextToken();
        JsonNode value = parser.readValueAsTree();
        number++;
        if (!(value instanceof ObjectNode object)) {
            return MemoryEntry.refused(number, Refusal.Reason.NOT_JSON, "must be a JSON object");
        }
        if (!object.has("artifact_id") && !object.has("tool_id")) {
            object.put("artifact_id", id);
        }
        return MemoryEntry.of(number, object);
    }

    private @Nullable MemoryEntry end() {
        atEnd = true;
        return parser.nextToken() == null
                ? null
                : MemoryEntry.refused(++number, Refusal.Reason.NOT_JSON, "the file goes on after its one object");
    }

    private static boolean namesItself(JsonNode entry) {
        return entry.has("artifact_id") || entry.has("artifact_type") || entry.has("tool_id");
    }
}
