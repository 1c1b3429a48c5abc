package dev.dise.query.sql;

import dev.dise.query.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Binds the values of a statement. Of a text PostgreSQL finds out itself what it is meant to be. */
record SqlValues(Connection connection, PreparedStatement statement) {
    void bind(List<JsonNode> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            bind(i + 1, values.get(i));
        }
    }

    private void bind(int position, JsonNode value) throws SQLException {
        if (value.isNull()) {
            statement.setNull(position, Types.NULL);
        } else if (value.isBoolean()) {
            statement.setBoolean(position, value.booleanValue());
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            statement.setLong(position, value.longValue());
        } else if (value.isNumber()) {
            statement.setBigDecimal(position, value.decimalValue());
        } else if (value instanceof ArrayNode list) {
            statement.setArray(position, connection.createArrayOf(typeOf(list), elements(list)));
        } else {
            statement.setString(position, text(value));
        }
    }

    private static String typeOf(ArrayNode list) {
        return !list.isEmpty() && list.valueStream().allMatch(JsonNode::isNumber) ? "numeric" : "text";
    }

    private static Object[] elements(ArrayNode list) {
        return list.valueStream()
                .map(value -> value.isNull() ? null : value.isNumber() ? value.decimalValue() : text(value))
                .toArray();
    }

    /** An object is the text of its JSON. */
    private static String text(JsonNode value) {
        String text = value.isString() ? value.stringValue() : value.toString();
        if (text.indexOf('\0') >= 0) {
            throw RefusedException.badValue("params", "must not contain the character U+0000");
        }
        return text;
    }
}
