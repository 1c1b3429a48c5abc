package dev.dise.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Cuts JSON into its parts without reading them, so that the bytes of an event's data stay as they came. Only the syntax
 * is checked here; the bounds on depth, names and numbers are checked where the parts are read.
 */
final class JsonCutter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Limits.BODY_BYTES)
                    .maxNameLength(Limits.BODY_BYTES)
                    .maxNumberLength(Limits.BODY_BYTES)
                    .build())
            .build();

    private JsonCutter() {}

    /** The elements of an array. */
    static List<byte[]> elements(byte[] json) {
        try (JsonParser parser = open(json)) {
            require(parser.nextToken() == JsonToken.START_ARRAY, "must be a JSON array");
            List<byte[]> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(cut(parser, json));
            }
            require(parser.nextToken() == null, "has something after its end");
            return elements;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** The members of an object by name. */
    static Map<String, JsonMember> members(byte[] json) {
        try (JsonParser parser = open(json)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "must be a JSON object");
            Map<String, JsonMember> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                require(members.put(name, member(parser, json)) == null, "has a field twice");
            }
            require(parser.nextToken() == null, "has something after its end");
            return members;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    private static JsonParser open(byte[] json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    private static JsonMember member(JsonParser parser, byte[] json) {
        JsonToken kind = parser.nextToken();
        String scalar = kind.isScalarValue() ? parser.getString() : null;
        return new JsonMember(kind, scalar, cut(parser, json));
    }

    private static byte[] cut(JsonParser parser, byte[] json) {
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(
                json, (int) start, (int) parser.currentLocation().getByteOffset());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw Refusals.malformed(rule);
        }
    }

    private static RuntimeException notJson(JacksonException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        return Refusals.malformed("is not valid JSON at line " + line + ", column " + column);
    }
}
