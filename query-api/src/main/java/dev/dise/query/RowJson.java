package dev.dise.query;

import dev.dise.schemas.EnvelopeHeaders;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

    private static final String ZONE = "+00";
    private static final int DAY_END = 10;
    private static final int SECONDS_END = 19;
    private static final int MICROS = 6;

    private final ResultSet rows;
    private final AnswerSize size;
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    /** Reads of these rows; their connection says its times in UTC. */
    public RowJson(ResultSet rows, AnswerSize size) throws SQLException {
        this.rows = rows;
        this.size = size;
        ResultSetMetaData columns = rows.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
            types.add(columns.getColumnTypeName(column));
        }
    }

    /** The names of the columns. */
    public List<String> columns() {
        return List.copyOf(names);
    }

    /** The row where the cursor stands. */
    public ObjectNode current() throws SQLException {
        ObjectNode row = NODES.objectNode();
        for (int column = 0; column < names.size(); column++) {
            row.set(names.get(column), value(column, rows.getString(column + 1)));
        }
        return row;
    }

    private JsonNode value(int column, @Nullable String text) throws SQLException {
        if (text == null) {
            return NODES.nullNode();
        }
        size.add(text.length());
        return switch (types.get(column)) {
            case "json", "jsonb" -> NODES.rawValueNode(new RawValue(text));
            case "int2", "int4", "int8" -> NODES.numberNode(Long.parseLong(text));
            case "float4", "float8" -> finite(text, Double.parseDouble(text));
            case "numeric" -> number(text);
            case "bool" -> NODES.booleanNode(text.equals("t"));
            case "timestamptz" -> NODES.stringNode(time(column, text));
            default -> NODES.stringNode(text);
        };
    }

    /** {@code 2026-01-31 08:15:00.5+00} is the usual form, and is written as in events. */
    private String time(int column, String printed) throws SQLException {
        int end = printed.length() - ZONE.length();
        if (end < SECONDS_END || !printed.endsWith(ZONE) || printed.charAt(4) != '-') {
            OffsetDateTime other = rows.getObject(column + 1, OffsetDateTime.class);
            return EnvelopeHeaders.formatTime(other.toInstant());
        }
        String fraction = end == SECONDS_END ? "" : printed.substring(SECONDS_END + 1, end);
        return printed.substring(0, DAY_END)
                + 'T'
                + printed.substring(DAY_END + 1, SECONDS_END)
                + '.'
                + fraction
                + "0".repeat(MICROS - fraction.length())
                + 'Z';
    }

    private static JsonNode finite(String text, double number) {
        return Double.isFinite(number) ? NODES.numberNode(number) : NODES.stringNode(text);
    }

    /** NaN and infinity, which JSON has no numbers for, become texts. */
    private static JsonNode number(String text) {
        return JSON_NUMBER.matcher(text).matches() ? NODES.rawValueNode(new RawValue(text)) : NODES.stringNode(text);
    }
}
