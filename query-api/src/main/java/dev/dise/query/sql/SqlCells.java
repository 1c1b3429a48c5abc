package dev.dise.query.sql;

import dev.dise.schemas.EnvelopeHeaders;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/** The values of the current row as JSON. What JSON has no form for is the text that PostgreSQL prints. */
final class SqlCells {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern JSON_NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern USUAL_YEAR = Pattern.compile("\\d{4}-.*[^C]");
    /** Lists of these are lists; of others a text. */
    private static final Set<String> LISTS =
            Set.of("_text", "_varchar", "_name", "_int2", "_int4", "_int8", "_bool", "_numeric", "_uuid");

    private final ResultSet row;
    private long characters;

    SqlCells(ResultSet row) {
        this.row = row;
    }

    /** How large all of them were, so far. */
    long characters() {
        return characters;
    }

    JsonNode value(int column, String type) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            return NODES.nullNode();
        }
        characters += text.length();
        if (LISTS.contains(type)) {
            return list(row.getArray(column));
        }
        return switch (type) {
            case "json", "jsonb" -> NODES.rawValueNode(new RawValue(text));
            case "int2", "int4", "int8" -> NODES.numberNode(row.getLong(column));
            case "float4", "float8" -> number(row.getDouble(column), text);
            case "numeric" -> number(text);
            case "bool" -> NODES.booleanNode(row.getBoolean(column));
            case "timestamptz" -> NODES.stringNode(time(column, text));
            default -> NODES.stringNode(text);
        };
    }

    private String time(int column, String text) throws SQLException {
        return USUAL_YEAR.matcher(text).matches()
                ? EnvelopeHeaders.formatTime(
                        row.getObject(column, OffsetDateTime.class).toInstant())
                : text;
    }

    private static JsonNode list(Array array) throws SQLException {
        return element(array.getArray());
    }

    private static JsonNode element(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Object[] inner -> {
                ArrayNode list = NODES.arrayNode();
                for (Object one : inner) {
                    list.add(element(one));
                }
                yield list;
            }
            case Boolean flag -> NODES.booleanNode(flag);
            case Number number -> number(number.toString());
            default -> NODES.stringNode(value.toString());
        };
    }

    private static JsonNode number(double number, String text) {
        return Double.isFinite(number) ? NODES.numberNode(number) : NODES.stringNode(text);
    }

    private static JsonNode number(String text) {
        return JSON_NUMBER.matcher(text).matches() ? NODES.rawValueNode(new RawValue(text)) : NODES.stringNode(text);
    }
}
