package dev.dise.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON codec. Reading is strict: UTF-8 without a byte-order mark, one document, no duplicate keys, bounded in
 * depth, tokens and digits. Writing names fields in snake case and omits what is null. Thread-safe.
 */
public final class Json {
    /** Deepest nesting of data. */
    public static final int MAX_DEPTH = 64;
    /** Most tokens (names, values, brackets) in one document. */
    public static final int MAX_TOKENS = 50_000;
    /** Most digits of one number. */
    public static final int MAX_DIGITS = 128;
    /** Largest exponent of a number: jsonb stores larger ones but cannot print them. */
    public static final int MAX_EXPONENT = 400;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxTokenCount(MAX_TOKENS)
            .maxNumberLength(MAX_DIGITS)
            .maxNameLength(256)
            .maxStringLength(Event.MAX_DATA_BYTES)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    /** The mapper itself, for trees and records that are not events. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The bytes of a value. */
    public static byte[] encode(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads one JSON document strictly.
     *
     * @throws InvalidEventException if it is not one, with the place but never with the text
     */
    public static JsonNode parse(byte[] bytes) {
        requireUtf8(bytes);
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node.isMissingNode()) {
                throw InvalidEventException.malformed("is empty");
            }
            requireSaneNumbers(node);
            return node;
        } catch (JacksonException e) {
            throw InvalidEventException.malformed("is not valid JSON: " + describe(e));
        }
    }

    private static void requireUtf8(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw InvalidEventException.malformed("begins with a byte-order mark; send plain UTF-8");
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw InvalidEventException.malformed("is not valid UTF-8: " + e.getMessage());
        }
    }

    private static void requireSaneNumbers(JsonNode node) {
        if (node.isContainer()) {
            node.forEach(Json::requireSaneNumbers);
        } else if (node.isBigDecimal()) {
            int exponent = node.decimalValue().precision() - node.decimalValue().scale();
            if (Math.abs(exponent) > MAX_EXPONENT) {
                throw InvalidEventException.malformed("has a number with an exponent beyond " + MAX_EXPONENT);
            }
        }
    }

    private static String describe(JacksonException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return e.getOriginalMessage().lines().findFirst().orElse("unreadable") + where;
    }
}
