package dev.dise.query;

import dev.dise.schemas.EnvelopeHeaders;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * The current row as JSON: its columns are the keys, in their order, with their own types. JSONB and NUMERIC are passed on
 * as PostgreSQL prints them, so that no digit is lost.
 */
public final class RowJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern JSON_NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final ResultSet rows;
    private final ResultSetMetaData columns;
    private final AnswerSize size;

    /** Reads of these rows. */
    public RowJson(ResultSet rows, AnswerSize size) throws SQLException {
        this.rows = rows;
        this.columns = rows.getMetaData();
        this.size = size;
    }

    /** The names of the columns. */
    public List<String> columns() throws SQLException {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
        }
        return names;
    }

    /** The row where the cursor stands. */
    public ObjectNode current() throws SQLException {
        ObjectNode row = NODES.objectNode();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            row.set(columns.getColumnLabel(column), value(column));
        }
        return row;
    }

    private JsonNode value(int column) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            return NODES.nullNode();
        }
        size.add(text.length());
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
