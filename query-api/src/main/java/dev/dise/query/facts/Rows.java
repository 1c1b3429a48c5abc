package dev.dise.query.facts;

import dev.dise.query.client.AnswerMapper;
import dev.dise.schemas.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads rows of the database as answers tell them. */
final class Rows {
    private Rows() {}

    /** The same row without what is not known. */
    static ObjectNode known(ObjectNode row) {
        List<String> unknown = new ArrayList<>();
        row.forEachEntry((name, value) -> {
            if (value.isNull()) {
                unknown.add(name);
            }
        });
        row.remove(unknown);
        return row;
    }

    /** The rows without what is not known. */
    static List<ObjectNode> known(List<ObjectNode> rows) {
        return rows.stream().map(Rows::known).toList();
    }

    /** The row with the JSON in it read; not by the codec of events, since a row has more around the data of one. */
    static JsonNode read(ObjectNode row) {
        return AnswerMapper.JSON.readTree(Json.encode(row));
    }

    /** A text of a row; null where there is none. */
    static @Nullable String text(JsonNode row, String name) {
        JsonNode value = row.path(name);
        return value.isString() ? value.stringValue() : null;
    }
}
