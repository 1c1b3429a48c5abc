package dev.dise.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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

    private static final String EXPONENT = "has a number with an exponent beyond " + MAX_EXPONENT;

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
        } catch (StreamConstraintsException e) {
            throw InvalidEventException.malformed(
                    "is nested too deep, or has a name, a number or a count of values beyond the limits" + where(e));
        } catch (JacksonException e) {
            throw InvalidEventException.malformed("is not one JSON document without duplicate keys" + where(e));
        } catch (NumberFormatException e) {
            // BigDecimal's own limit on exponents.
            throw InvalidEventException.malformed(EXPONENT);
        }
    }

    /**
     * Reads like {@link #parse}, but may leave free-form objects as the text that came.
     *
     * @return null if the document is not plain: then {@link #parse} reads it, or says what is wrong with it
     */
    static @Nullable ObjectNode parseFlat(byte[] bytes, SchemaShortcut shortcut) {
        requireUtf8(bytes);
        return FlatReader.read(MAPPER, bytes, shortcut);
    }

    private static void requireUtf8(byte[] bytes) {
        if (isAscii(bytes)) {
            return;
        }
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw InvalidEventException.malformed("begins with a byte-order mark; send plain UTF-8");
        }
        if (hasZeroByte(bytes)) {
            throw InvalidEventException.malformed("has zero bytes: send UTF-8, not UTF-16 or UTF-32");
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

    /** Most documents are: no zero byte, nothing above 127. */
    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    /** JSON in UTF-8 has none; in UTF-16 and UTF-32 every ASCII character brings one. */
    private static boolean hasZeroByte(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static void requireSaneNumbers(JsonNode node) {
        if (node.isContainer()) {
            node.forEach(Json::requireSaneNumbers);
        } else if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            long exponent = (long) number.precision() - number.scale();
            if (Math.abs(exponent) > MAX_EXPONENT || Math.abs((long) number.scale()) > MAX_EXPONENT + MAX_DIGITS) {
                throw InvalidEventException.malformed(EXPONENT);
            }
        }
    }

    /** The place alone: a parser's own words repeat the input. */
    private static String where(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        return place == null ? "" : ", at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
