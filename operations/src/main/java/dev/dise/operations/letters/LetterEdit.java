package dev.dise.operations.letters;

import dev.dise.schemas.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the data of a refused event is to be changed before it is sent again. */
public sealed interface LetterEdit {
    /**
     * The new data.
     *
     * @param data as it was refused
     * @throws IllegalArgumentException if it cannot be changed so
     * @throws dev.dise.schemas.InvalidEventException if values are to be set in what is not JSON
     */
    byte[] apply(byte[] data);

    /** These bytes instead. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Replace(byte[] newData) implements LetterEdit {
        @Override
        public byte[] apply(byte[] data) {
            return newData.clone();
        }
    }

    /**
     * Some values.
     *
     * @param values by JSON pointer, set in their order; the last part of a pointer is set, the parts before it must be there
     */
    record SetValues(Map<String, JsonNode> values) implements LetterEdit {
        public SetValues {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public byte[] apply(byte[] data) {
            JsonNode tree = Json.parse(data);
            values.forEach((pointer, value) -> set(tree, pointer, value));
            return Json.encode(tree);
        }

        private static void set(JsonNode tree, String text, JsonNode value) {
            JsonPointer pointer = JsonPointer.compile(text);
            JsonPointer last = pointer.last();
            JsonNode parent = last == null ? tree : tree.at(pointer.head());
            if (last != null && parent instanceof ObjectNode object) {
                object.set(last.getMatchingProperty(), value);
            } else if (last != null && parent instanceof ArrayNode array && array.has(last.getMatchingIndex())) {
                array.set(last.getMatchingIndex(), value);
            } else {
                throw new IllegalArgumentException(
                        text + " is not in the data, and neither is what it would be set in");
            }
        }
    }
}
