package dev.dise.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the data of events: strict JSON, words of the vocabularies brought to their usual form, then the JSON Schema of
 * the type. What the edge refuses and what a sink refuses is decided here and nowhere else. Thread-safe.
 */
public final class DataReader {
    private static final Map<String, Function<String, Optional<String>>> VOCABULARIES = Map.of(
            "log_level", text -> LogLevel.parse(text).map(LogLevel::wireName),
            "severity", text -> Severity.parse(text).map(Severity::wireName));

    /** JSON Schema takes {@code format} for a remark unless told otherwise. */
    private static final SchemaRegistryConfig TIMES_ARE_CHECKED =
            SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();

    private final Map<EventType, Schema> schemas = new EnumMap<>(EventType.class);

    /** Compiles all schemas; some tens of milliseconds. */
    public DataReader() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(TIMES_ARE_CHECKED));
        for (EventType type : EventType.values()) {
            schemas.put(type, registry.getSchema(Json.parse(schemaOf(type))));
        }
    }

    /** The public contract of a type: its JSON Schema 2020-12 document, as bytes. */
    public static byte[] schemaOf(EventType type) {
        String file = type.wireName() + ".v1.json";
        try (InputStream in = DataReader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the JSON Schema " + file + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads and checks data as it came.
     *
     * @return the data as a tree, with vocabularies in their usual form
     * @throws InvalidEventException with every broken rule
     */
    public ObjectNode read(EventType type, byte[] data) {
        return check(type, Json.parse(data));
    }

    /** Like {@link #read}, of a tree that was parsed already; the tree's vocabulary words are changed in place. */
    public ObjectNode check(EventType type, JsonNode data) {
        if (!(data instanceof ObjectNode object)) {
            throw InvalidEventException.malformed("must be a JSON object");
        }
        normalizeWords(object);
        List<Error> errors = schema(type).validate(object);
        if (!errors.isEmpty()) {
            List<Violation> violations =
                    errors.stream().map(SchemaMessages::violation).distinct().toList();
            throw new InvalidEventException(InvalidEventException.Reason.SCHEMA, violations);
        }
        return object;
    }

    private Schema schema(EventType type) {
        Schema schema = schemas.get(type);
        if (schema == null) {
            throw new IllegalStateException("no schema for " + type);
        }
        return schema;
    }

    private static void normalizeWords(ObjectNode data) {
        VOCABULARIES.forEach((field, parse) -> {
            JsonNode word = data.get(field);
            if (word != null && word.isString()) {
                parse.apply(word.stringValue()).ifPresent(normal -> data.put(field, normal));
            }
        });
    }
}
