package dev.dise.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.util.RawValue;

/**
 * Reads data without making trees of what is in their free-form objects: such an object is checked token by token and kept
 * as the text that came. It reads only plain data; whatever is unusual or wrong it leaves to {@link Json#parse}, so that
 * what is accepted is decided in one place.
 */
final class FlatReader {
    /** Longer numbers may be beyond what the plain way holds exactly. */
    private static final int PLAIN_DIGITS = 18;

    private FlatReader() {}

    /**
     * The data, or null if they are not plain.
     *
     * @param bytes checked to be UTF-8 already
     * @param shortcut knows which fields are free-form
     */
    static @Nullable ObjectNode read(JsonMapper mapper, byte[] bytes, SchemaShortcut shortcut) {
        try (JsonParser parser = mapper.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            ObjectNode data = mapper.createObjectNode();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonNode value = value(parser, parser.nextToken(), bytes, shortcut.isFreeForm(name));
                if (value == null) {
                    return null;
                }
                data.set(name, value);
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? data : null;
        } catch (JacksonException e) {
            // The other way says what is wrong with it, and where.
            return null;
        }
    }

    private static @Nullable JsonNode value(JsonParser parser, JsonToken token, byte[] bytes, boolean freeForm) {
        return switch (token) {
            case VALUE_STRING -> StringNode.valueOf(parser.getString());
            case VALUE_NULL -> NullNode.getInstance();
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NUMBER_INT ->
                parser.getStringLength() <= PLAIN_DIGITS ? LongNode.valueOf(parser.getLongValue()) : null;
            case VALUE_NUMBER_FLOAT -> isPlainNumber(parser) ? DecimalNode.valueOf(parser.getDecimalValue()) : null;
            case START_OBJECT -> freeForm ? text(parser, bytes) : null;
            default -> null;
        };
    }

    /** The object that begins here, as it stands. */
    private static @Nullable JsonNode text(JsonParser parser, byte[] bytes) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_NUMBER_FLOAT && !isPlainNumber(parser)) {
                return null;
            }
        }
        int to = (int) parser.currentLocation().getByteOffset();
        return hasHalfCharacters(bytes, from, to)
                ? null
                : new POJONode(new RawValue(new String(bytes, from, to - from, UTF_8)));
    }

    private static boolean isPlainNumber(JsonParser parser) {
        String number = parser.getString();
        return number.length() <= PLAIN_DIGITS && number.indexOf('e') < 0 && number.indexOf('E') < 0;
    }

    /** Whether there is an escape that may stand for NUL or for half a surrogate pair. */
    private static boolean hasHalfCharacters(byte[] bytes, int from, int to) {
        for (int i = from; i < to - 5; i++) {
            if (bytes[i] == '\\' && bytes[i + 1] == 'u') {
                boolean zero = bytes[i + 2] == '0' && bytes[i + 3] == '0' && bytes[i + 4] == '0' && bytes[i + 5] == '0';
                boolean surrogate = (bytes[i + 2] | 0x20) == 'd' && bytes[i + 3] >= '8';
                if (zero || surrogate) {
                    return true;
                }
            }
        }
        return false;
    }
}
