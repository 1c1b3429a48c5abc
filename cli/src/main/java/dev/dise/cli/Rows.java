package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the query side and shows the items of its answer. */
final class Rows {
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final Map<String, String> columns = new LinkedHashMap<>();

    /** Adds a question's parameter, unless there is no value. */
    Rows with(String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, List.of(value.toString()));
        }
        return this;
    }

    /** Adds a parameter with several values. */
    Rows withAll(String name, List<String> values) {
        if (!values.isEmpty()) {
            parameters.put(name, new ArrayList<>(values));
        }
        return this;
    }

    /** Shows a field under a heading; dots lead into objects. */
    Rows column(String heading, String field) {
        columns.put(heading, field);
        return this;
    }

    /** Asks, and prints what comes: all of it as JSON, or the columns as a table. */
    int show(StackLink link, Output output, String path, String nothing) {
        try (StackLink.Connection connection = link.open();
                var query = connection.query()) {
            JsonNode answer = query.get(path, parameters);
            if (output.isJson()) {
                output.json(answer);
                return ExitCodes.OK;
            }
            Table table = table(answer.path("items"));
            if (table.isEmpty()) {
                output.out().println(nothing + since(answer));
            } else {
                output.table(table);
                tellNext(output, answer.path("next").asString(""));
            }
            return ExitCodes.OK;
        }
    }

    /** To the error stream, so that what reads the table has rows alone. */
    private static void tellNext(Output output, String next) {
        if (!next.isEmpty()) {
            output.progress().println("more: the same with --after " + next);
        }
    }

    /** Where an answer looks back no further than that by itself. */
    private String since(JsonNode answer) {
        String since = answer.path("since").asString("");
        return since.isEmpty() || parameters.containsKey("since")
                ? ""
                : " since " + since + "; see further with --since";
    }

    Table table(JsonNode items) {
        Table table = new Table(columns.keySet().toArray(String[]::new));
        items.forEach(item -> table.row(columns.values().stream()
                .map(field -> cell(item.at("/" + field.replace('.', '/'))))
                .toArray()));
        return table;
    }

    private static Object cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        if (value.isIntegralNumber()) {
            return value.longValue();
        }
        return value.isNumber() ? String.format("%.3f", value.doubleValue()) : value.asString(value.toString());
    }
}
