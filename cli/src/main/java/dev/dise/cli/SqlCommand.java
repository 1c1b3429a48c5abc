package dev.dise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Asks by SQL. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Ask by SQL: one statement that only reads, on the views of schema dise.",
            "",
            "It is switched off until query.sql.enabled is true (QUERY_SQL=true ./dise up). Each statement stands in the",
            "audit (./dise audit --action sql), without the values of its parameters."
        },
        footer = {
            "",
            "Examples:",
            "  ./dise sql \"SELECT tool_id, count(*) FROM tool_failures GROUP BY 1 ORDER BY 2 DESC\"",
            "  ./dise sql \"SELECT * FROM tool_logs WHERE tool_id = \\$1\" --param parse_json -o csv",
            "  ./dise sql -o json < question.sql"
        })
final class SqlCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Parameters(
            paramLabel = "SQL",
            arity = "0..1",
            description = "the statement; without it, or with -, the standard input")
    private @Nullable String statement;

    @Option(names = "--param", paramLabel = "VALUE", description = "the value of $1, the next one of $2, and so on")
    private List<String> values = List.of();

    @Option(names = "--max-rows", paramLabel = "N", description = "rows at most, 1 to 10000 (default: 1000)")
    private @Nullable Integer maxRows;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private SqlForm form = SqlForm.TABLE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sql", text());
        body.put("params", values);
        if (maxRows != null) {
            body.put("max_rows", maxRows);
        }
        try (StackLink.Connection connection = link.open();
                var query = connection.query()) {
            JsonNode answer = query.post("/v1/sql", body);
            form.print(answer, spec.commandLine().getOut());
            if (answer.path("truncated").asBoolean(false)) {
                spec.commandLine()
                        .getErr()
                        .println("only the first " + answer.path("count").asInt(0)
                                + " rows; there are more, see --max-rows");
            }
            return ExitCodes.OK;
        }
    }

    private String text() throws IOException {
        if (statement != null && !statement.equals("-")) {
            return statement;
        }
        InputStream in = System.in;
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw new ParameterException(spec.commandLine(), "give a statement, or one on the standard input");
        }
        return text;
    }
}
