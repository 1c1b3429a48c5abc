package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.kafka.Hop;
import dev.dise.runtime.kafka.Line;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows what is stored, and how far each reader of the line is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show what is stored, and how far each reader of the line is.",
        footer = {"", "Example: ./dise status --output json"})
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (StackLink.Connection connection = link.open();
                QueryClient query = connection.query()) {
            JsonNode counts = query.counts();
            try (Line line = connection.line()) {
                show(counts, line.look(), query.status());
            }
            return ExitCodes.OK;
        }
    }

    private void show(JsonNode counts, List<Hop> hops, JsonNode status) {
        if (output.isJson()) {
            output.json(Map.of("stored", counts, "line", hops, "stores", status));
            return;
        }
        Table line = new Table("reader", "topic", "records", "read", "lag");
        hops.forEach(hop -> line.row(hop.name(), hop.topic(), hop.end(), hop.read(), hop.lag()));
        output.table(line);
        output.out().println();
        output.table(stored(counts));
    }

    static Table stored(JsonNode counts) {
        TreeSet<String> types = new TreeSet<>(counts.path("postgres").propertyNames());
        types.addAll(counts.path("qdrant").propertyNames());
        Table table = new Table("type", "in PostgreSQL", "in Qdrant");
        types.forEach(type -> table.row(
                type, rows(counts, type), counts.path("qdrant").path(type).asLong(0)));
        return table;
    }

    /** What is estimated has a tilde before it. */
    private static Object rows(JsonNode counts, String type) {
        long rows = counts.path("postgres").path(type).asLong(0);
        boolean estimated = counts.path("estimated")
                .valueStream()
                .anyMatch(name -> name.asString("").equals(type));
        return estimated ? String.format("~%,d", rows) : rows;
    }
}
