package dev.dise.query;

import dev.dise.schemas.EnvelopeHeaders;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * The current row as JSON: its columns are the keys, in their order, with their own types. JSONB and NUMERIC are passed on
 * as PostgreSQL prints them, so that no digit is lost. Counts what it has read, so that an answer has a bound.
 */
final class RowJson {
    /** Rows carry up to 900 KiB each, and a thousand of them must not fill the memory. */
    static final long MOST_CHARACTERS = 32L << 20;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern JSON_NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final ResultSet rows;
    private final ResultSetMetaData columns;
    private long characters;

    RowJson(ResultSet rows) throws SQLException {
        this.rows = rows;
        this.columns = rows.getMetaData();
    }

    /** @throws RefusedException if all rows together are too large for one answer */
    ObjectNode current() throws SQLException {
        ObjectNode row = NODES.objectNode();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            row.set(columns.getColumnLabel(column), value(column));
        }
        if (characters > MOST_CHARACTERS) {
            throw new RefusedException(Problem.tooLarge("the rows are larger than 32 MiB; lower the limit"));
        }
        return row;
    }

    private JsonNode value(int column) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            return NODES.nullNode();
        }
        characters += text.length();
        return switch (columns.getColumnTypeName(column)) {
            case "json", "jsonb" -> NODES.rawValueNode(new RawValue(text));
            case "int2", "int4", "int8" -> NODES.numberNode(rows.getLong(column));
            case "float4", "float8" -> finite(text, rows.getDouble(column));
            case "numeric" -> number(text);
            case "bool" -> NODES.booleanNode(rows.getBoolean(column));
            case "timestamptz" -> NODES.stringNode(time(column));
            default -> NODES.stringNode(text);
        };
    }

    private String time(int column) throws SQLException {
        return EnvelopeHeaders.formatTime(
                rows.getObject(column, OffsetDateTime.class).toInstant());
    }

    private static JsonNode finite(String text, double number) {
        return Double.isFinite(number) ? NODES.numberNode(number) : NODES.stringNode(text);
    }

    /** NaN and infinity, which JSON has no numbers for, become texts. */
    private static JsonNode number(String text) {
        return JSON_NUMBER.matcher(text).matches() ? NODES.rawValueNode(new RawValue(text)) : NODES.stringNode(text);
    }
}
