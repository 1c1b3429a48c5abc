package dev.dise.gateway.logs;

import dev.dise.schemas.InvalidEventException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON of pushes as strictly as events are read (UTF-8, one document, no duplicate keys), but with the bounds of a
 * push: those of an event are checked of each event. Thread-safe.
 */
public final class PushJson {
    /** Attributes take up to four brackets for each level of theirs. */
    private static final int MAX_DEPTH = 512;

    private static final int MAX_TOKENS = 2_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(PushSize.MAX_BYTES)
                            .maxNameLength(PushSize.MAX_BYTES)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PushJson() {}

    /**
     * Reads a body.
     *
     * @throws InvalidEventException if it is no JSON object, with the place but never with the text
     */
    public static JsonNode parse(byte[] body) {
        String text = decode(body);
        try {
            JsonNode root = MAPPER.readTree(text);
            if (!root.isObject()) {
                throw PushRefusal.malformed("must be a JSON object");
            }
            return root;
        } catch (StreamConstraintsException e) {
            throw PushRefusal.tooLarge("is nested too deep, or has too many values or too long a number" + where(e));
        } catch (JacksonException e) {
            throw PushRefusal.malformed("is not one JSON document without duplicate keys" + where(e));
        }
    }

    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw PushRefusal.malformed("is not valid UTF-8");
        }
    }

    /** The place alone: a parser's own words repeat the input. */
    private static String where(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        return place == null ? "" : ", at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
