package dev.dise.query.sql;

import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody asks by SQL.
 *
 * @param values of the statement, in the order of its question marks
 * @param maxRows rows of the answer at most
 */
record SqlOrder(SqlStatement statement, List<JsonNode> values, int maxRows) {
    static final int USUAL_ROWS = 1_000;
    static final int MOST_ROWS = 10_000;
    private static final int MOST_VALUES = 1_000;
    private static final Set<String> FIELDS = Set.of("sql", "params", "max_rows");

    /** @throws RefusedException if something of it is missing or is none */
    static SqlOrder of(Question question) {
        question.parameters().requireOnly(List.of());
        ObjectNode body = question.body();
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new RefusedException(Problem.unknownField("allowed are sql, params, max_rows"));
            }
        }
        if (!body.path("sql").isString()) {
            throw RefusedException.badValue("sql", "must be a text: one statement");
        }
        Map<String, JsonNode> given = values(body.path("params"));
        SqlStatement statement = SqlStatement.parse(
                body.path("sql").stringValue(), body.path("params").isObject() && !given.isEmpty());
        List<JsonNode> values = new ArrayList<>();
        for (String name : statement.values()) {
            values.add(value(name, given));
        }
        return new SqlOrder(statement, List.copyOf(values), maxRows(body.path("max_rows")));
    }

    private static Map<String, JsonNode> values(JsonNode params) {
        boolean given = !params.isMissingNode() && !params.isNull();
        if ((given && !params.isContainer()) || params.size() > MOST_VALUES) {
            throw RefusedException.badValue(
                    "params",
                    "must be a list for $1, $2, … or an object for %(name)s, with at most " + MOST_VALUES + " values");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (params instanceof ObjectNode object) {
            object.forEachEntry(values::put);
        } else {
            params.forEach(value -> values.put(Integer.toString(values.size() + 1), value));
        }
        return values;
    }

    private static JsonNode value(String name, Map<String, JsonNode> given) {
        JsonNode value = given.get(name);
        if (value == null) {
            throw RefusedException.badValue("params", "has no value for " + name + " of the statement");
        }
        return value;
    }

    private static int maxRows(JsonNode rows) {
        if (rows.isMissingNode() || rows.isNull()) {
            return USUAL_ROWS;
        }
        if (!rows.canConvertToInt() || !rows.isIntegralNumber() || rows.intValue() < 1 || rows.intValue() > MOST_ROWS) {
            throw RefusedException.badValue("max_rows", "must be a whole number from 1 to " + MOST_ROWS);
        }
        return rows.intValue();
    }
}
