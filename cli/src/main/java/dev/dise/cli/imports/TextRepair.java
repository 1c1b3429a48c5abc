package dev.dise.cli.imports;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Replaces, in the texts of a tree, what JSON can say but PostgreSQL cannot store: NUL and halves of surrogate pairs. */
final class TextRepair {
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\x{D800}-\\x{DFFF}]");

    private TextRepair() {}

    /** The text with the replacement character for each of them. */
    static String repair(String text) {
        return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** Repairs all values in place; true if there was something to repair. */
    static boolean repair(JsonNode tree) {
        boolean repaired = false;
        if (tree instanceof ObjectNode object) {
            for (String name : object.propertyNames().toArray(String[]::new)) {
                repaired |= repairField(object, name);
            }
        } else if (tree instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                repaired |= repairElement(array, i);
            }
        }
        return repaired;
    }

    private static boolean repairField(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        boolean repaired = isBroken(value);
        if (repaired) {
            object.put(name, repair(value.stringValue()));
        }
        String key = repair(name);
        if (!key.equals(name)) {
            object.set(key, object.remove(name));
            repaired = true;
        }
        boolean repairedWithin = repair(object.path(key));
        return repaired || repairedWithin;
    }

    private static boolean repairElement(ArrayNode array, int index) {
        JsonNode value = array.path(index);
        if (isBroken(value)) {
            array.set(index, JsonNodeFactory.instance.stringNode(repair(value.stringValue())));
            return true;
        }
        return repair(value);
    }

    private static boolean isBroken(JsonNode value) {
        return value.isString() && UNSTORABLE.matcher(value.stringValue()).find();
    }
}
