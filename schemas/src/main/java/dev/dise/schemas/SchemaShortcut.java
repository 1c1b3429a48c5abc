package dev.dise.schemas;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says quickly of most valid data that they are valid. Of all other data it says nothing, and the JSON Schema decides: so
 * it can only make checking faster, never different. It knows the keywords that plain fields have; a field with any other
 * keyword is never sure, unless it is null and may be.
 */
final class SchemaShortcut {
    private static final Set<String> KNOWN = Set.of("type", "minLength", "maxLength", "enum", "minimum", "description");

    private static final BigDecimal ANYTHING =
            BigDecimal.ONE.scaleByPowerOfTen(Json.MAX_EXPONENT + 1).negate();

    private final Map<String, Field> fields = new HashMap<>();
    private final int required;

    /**
     * What is sure of one field.
     *
     * @param shortest of a string, in characters
     * @param longest of a string, in UTF-16 units, of which a string has at least as many as characters
     * @param words the only strings, if there are any
     * @param least of a number
     */
    private record Field(
            boolean required,
            boolean plain,
            Set<String> types,
            int shortest,
            int longest,
            @Nullable Set<String> words,
            BigDecimal least) {

        static Field of(JsonNode schema, boolean required) {
            Set<String> types = new HashSet<>();
            JsonNode type = schema.path("type");
            if (type.isArray()) {
                type.forEach(name -> types.add(name.asString()));
            } else {
                types.add(type.asString(""));
            }
            return new Field(
                    required,
                    KNOWN.containsAll(schema.propertyNames()),
                    types,
                    schema.path("minLength").asInt(0),
                    schema.path("maxLength").asInt(Integer.MAX_VALUE),
                    words(schema),
                    schema.has("minimum") ? schema.get("minimum").decimalValue() : ANYTHING);
        }

        private static @Nullable Set<String> words(JsonNode schema) {
            if (!schema.has("enum")) {
                return null;
            }
            Set<String> words = new HashSet<>();
            schema.get("enum").forEach(word -> words.add(word.asString("")));
            return words;
        }

        boolean surelyTakes(JsonNode value) {
            if (value.isNull()) {
                return types.contains("null");
            }
            return plain
                    && switch (value.getNodeType()) {
                        case STRING -> types.contains("string") && takes(value.stringValue());
                        case NUMBER ->
                            types.contains("number") && value.decimalValue().compareTo(least) >= 0;
                        case BOOLEAN -> types.contains("boolean");
                        case OBJECT, POJO -> types.contains("object");
                        default -> false;
                    };
        }

        private boolean takes(String text) {
            return text.length() <= longest
                    && text.length() >= 2 * shortest - 1
                    && (words == null || words.contains(text));
        }
    }

    SchemaShortcut(JsonNode schema) {
        Set<String> names = new HashSet<>();
        schema.path("required").forEach(name -> names.add(name.asString()));
        schema.path("properties")
                .forEachEntry((name, field) -> fields.put(name, Field.of(field, names.contains(name))));
        required = names.size();
    }

    /** Whether the field may be any object: what is in it needs no look. */
    boolean isFreeForm(String name) {
        Field field = fields.get(name);
        return field != null && field.plain() && field.types().contains("object");
    }

    /** True only if the schema takes the data; false says nothing. */
    boolean surelyTakes(ObjectNode data) {
        int found = 0;
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            Field field = fields.get(entry.getKey());
            if (field == null || !field.surelyTakes(entry.getValue())) {
                return false;
            }
            if (field.required()) {
                found++;
            }
        }
        return found == required;
    }
}
