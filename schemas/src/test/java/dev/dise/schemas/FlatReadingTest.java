package dev.dise.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/** The quick way of reading takes what the thorough way takes, refuses what it refuses, and reads the same. */
class FlatReadingTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "3.0",
            "1.50",
            "1e10",
            "1e399",
            "1e401",
            "12345678901234567890123",
            "0.1234567890123456789012345",
            "\"\"",
            "\"a\"",
            "\"ERR\"",
            "\"warning\"",
            "\"high\"",
            "\"a\\u0000b\"",
            "\"\\ud83d\"",
            "\"\u00e4\ud83d\ude00\"",
            "\"2026-01-31T08:15:00Z\"",
            "\"" + "x".repeat(501) + "\"",
            "\"" + "\ud83d\ude00".repeat(300) + "\"",
            "[]",
            "[\"a\",\"b\"]",
            "[1]",
            "{}",
            "{\"a\":{\"b\":[1,2.5,{\"c\":\"d \\\" \\\\ \\u00e4\"}]}}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1e401}",
            "{\"a\":1E5}",
            "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\uDC00\"}",
            "{\"a\\u0000\":1}",
            "{\"m\":1.5}",
            "{\"m\":\"x\"}",
            "{\"a\":",
            "{\"a\":01}",
            "tru");

    private final DataReader reader = new DataReader();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void readsWhatTheThoroughWayReads(EventType type) {
        long seed = Long.getLong("dise.seed", System.nanoTime());
        System.out.println("FlatReadingTest " + type + " -Ddise.seed=" + seed);
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        JsonNode schema = Json.parse(DataReader.schemaOf(type));
        schema.get("properties").propertyNames().forEach(names::add);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] data = document(schema, names, random).getBytes(UTF_8);
            assertThat(outcome(() -> reader.readFlat(type, data)))
                    .as(() -> new String(data, UTF_8))
                    .isEqualTo(outcome(() -> reader.read(type, data)));
        }
    }

    @Test
    void keepsAFreeFormObjectAsItCame() {
        String details = "{ \"b\" : 1.10, \"a\":\"\u00e4\" }";
        ObjectNode data = reader.readFlat(
                EventType.LOG,
                ("{\"tool_id\":\"t\",\"log_level\":\"WARN\",\"details\":" + details + ",\"message\":\"m\"}")
                        .getBytes(UTF_8));
        assertThat(data.get("details")).isInstanceOf(POJONode.class).hasToString(details);
        assertThat(data.get("log_level").stringValue()).isEqualTo("warning");
    }

    @Test
    void readsTheUsualFormOfATimeLikeTheLibrary() {
        long seed = Long.getLong("dise.seed", System.nanoTime());
        System.out.println("FlatReadingTest times -Ddise.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ"
                    .formatted(
                            random.nextInt(10_000),
                            random.nextInt(14),
                            random.nextInt(33),
                            random.nextInt(26),
                            random.nextInt(62),
                            random.nextInt(62),
                            random.nextInt(1_000_000));
            assertThat(outcome(() -> EnvelopeHeaders.parseTime(text))).isEqualTo(outcome(() -> library(text)));
        }
    }

    private static Instant library(String text) {
        try {
            return OffsetDateTime.parse(text)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toInstant();
        } catch (java.time.DateTimeException e) {
            throw InvalidEventException.of("/time", "must be an RFC 3339 time such as 2026-01-31T08:15:00Z", text);
        }
    }

    /** Mostly valid data, of which some fields have any value. */
    private static String document(JsonNode schema, List<String> names, Random random) {
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            boolean required = schema.get("required")
                    .valueStream()
                    .anyMatch(field -> field.asString().equals(name));
            if (required ? random.nextInt(20) > 0 : random.nextBoolean()) {
                fields.add("\"" + name + "\":" + value(schema.get("properties").get(name), random));
            }
        }
        if (random.nextInt(20) == 0) {
            fields.add("\"unknown\":1");
        }
        if (random.nextInt(30) == 0 && !fields.isEmpty()) {
            fields.add(fields.get(0));
        }
        return "{" + String.join(",", fields) + "}" + (random.nextInt(40) == 0 ? "x" : "");
    }

    private static String value(JsonNode field, Random random) {
        if (random.nextInt(6) == 0) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        if (field.has("enum")) {
            return field.get("enum").get(0).toString();
        }
        String types = field.path("type").toString();
        if (types.contains("string")) {
            return field.has("format") ? "\"2026-01-31T08:15:00Z\"" : "\"text \\n \\u00e4\"";
        }
        if (types.contains("object")) {
            return field.has("additionalProperties") ? "{\"m\":1.5}" : "{\"k\":[1,{\"l\":null}],\"s\":\"\\\"\"}";
        }
        return types.contains("array") ? "[\"a\"]" : types.contains("boolean") ? "true" : "12.25";
    }

    private interface Reading {
        Object read();
    }

    private static String outcome(Reading reading) {
        try {
            Object read = reading.read();
            return read instanceof ObjectNode data
                    ? Json.parse(data.toString().getBytes(UTF_8)).toString()
                    : read.toString();
        } catch (InvalidEventException e) {
            return e.reason() + ": " + e.explanation();
        }
    }
}
