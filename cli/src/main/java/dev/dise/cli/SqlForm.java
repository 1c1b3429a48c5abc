package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** How the rows of a statement are printed. */
enum SqlForm {
    TABLE {
        @Override
        void print(JsonNode answer, PrintWriter out) {
            List<String> columns = columns(answer);
            Table table = new Table(columns.toArray(String[]::new));
            answer.path("items")
                    .forEach(row -> table.row(columns.stream()
                            .map(column -> cell(row.path(column), "-"))
                            .toArray()));
            table.print(out);
        }
    },
    JSON {
        @Override
        void print(JsonNode answer, PrintWriter out) {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        }
    },
    /** As RFC 4180 has it; what is null is empty. */
    CSV {
        @Override
        void print(JsonNode answer, PrintWriter out) {
            List<String> columns = columns(answer);
            out.print(line(columns));
            answer.path("items")
                    .forEach(row -> out.print(line(columns.stream()
                            .map(column -> cell(row.path(column), ""))
                            .toList())));
            out.flush();
        }
    };

    abstract void print(JsonNode answer, PrintWriter out);

    private static List<String> columns(JsonNode answer) {
        return answer.path("columns")
                .valueStream()
                .map(column -> column.path("name").asString(""))
                .toList();
    }

    private static String cell(JsonNode value, String nothing) {
        if (value.isNull() || value.isMissingNode()) {
            return nothing;
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(SqlForm::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
