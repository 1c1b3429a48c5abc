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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the data of events: strict JSON, words of the vocabularies brought to their usual form, then the JSON Schema of
 * the type. What the edge refuses and what a sink refuses is decided here and nowhere else. Thread-safe.
 */
public final class DataReader {
    private static final Map<String, Vocabulary> VOCABULARIES = Map.of(
            "log_level",
            Vocabulary.of(LogLevel.values(), LogLevel::wireName, LogLevel::parse),
            "severity",
            Vocabulary.of(Severity.values(), Severity::wireName, Severity::parse));

    /**
     * The words of a field.
     *
     * @param words in their usual form
     * @param parse brings any other to it
     */
    private record Vocabulary(Set<String> words, Function<String, Optional<String>> parse) {
        static <T> Vocabulary of(T[] values, Function<T, String> name, Function<String, Optional<T>> parse) {
            return new Vocabulary(
                    Stream.of(values).map(name).collect(Collectors.toSet()),
                    text -> parse.apply(text).map(name));
        }
    }

    /** JSON Schema takes {@code format} for a remark unless told otherwise. */
    private static final SchemaRegistryConfig TIMES_ARE_CHECKED =
            SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();

    private final Map<EventType, Checks> checks = new EnumMap<>(EventType.class);

    /** The schema of a type, and what is known of it without running it. */
    private record Checks(Schema schema, SchemaShortcut shortcut) {}

    /** Compiles all schemas; some tens of milliseconds. */
    public DataReader() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(TIMES_ARE_CHECKED));
        for (EventType type : EventType.values()) {
            JsonNode schema = Json.parse(schemaOf(type));
            checks.put(type, new Checks(registry.getSchema(schema), new SchemaShortcut(schema)));
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

    /**
     * Like {@link #read}, at the speed of heavy logging: an object that may have anything in it ({@code details},
     * {@code metadata}) may be a {@code POJONode} of a {@code RawValue}, its text as it came, checked to be JSON that every
     * store can hold.
     */
    public ObjectNode readFlat(EventType type, byte[] data) {
        Checks of = checksOf(type);
        ObjectNode flat = Json.parseFlat(data, of.shortcut());
        if (flat == null) {
            return read(type, data);
        }
        normalizeWords(flat);
        return of.shortcut().surelyTakes(flat) ? flat : read(type, data);
    }

    /** Like {@link #read}, of a tree that was parsed already; the tree's vocabulary words are changed in place. */
    public ObjectNode check(EventType type, JsonNode data) {
        if (!(data instanceof ObjectNode object)) {
            throw InvalidEventException.malformed("must be a JSON object");
        }
        normalizeWords(object);
        Checks of = checksOf(type);
        if (of.shortcut().surelyTakes(object)) {
            return object;
        }
        List<Error> errors = errorsOf(of.schema(), object);
        if (!errors.isEmpty()) {
            List<Violation> violations =
                    errors.stream().map(SchemaMessages::violation).distinct().toList();
            throw new InvalidEventException(InvalidEventException.Reason.SCHEMA, violations);
        }
        return object;
    }

    private static List<Error> errorsOf(Schema schema, ObjectNode data) {
        try {
            return schema.validate(data);
        } catch (JsonNodeException e) {
            // The validator compares whole numbers as 64 bits, and has no other answer to a longer one.
            throw new InvalidEventException(
                    InvalidEventException.Reason.SCHEMA,
                    List.of(new Violation("", "has a whole number beyond 64 bits", null)));
        }
    }

    private Checks checksOf(EventType type) {
        Checks of = checks.get(type);
        if (of == null) {
            throw new IllegalStateException("no schema for " + type);
        }
        return of;
    }

    private static void normalizeWords(ObjectNode data) {
        VOCABULARIES.forEach((field, vocabulary) -> {
            JsonNode word = data.get(field);
            if (word != null && word.isString() && !vocabulary.words().contains(word.stringValue())) {
                vocabulary.parse().apply(word.stringValue()).ifPresent(normal -> data.put(field, normal));
            }
        });
    }
}
