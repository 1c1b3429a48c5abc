package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.kafka.Hop;
import dev.dise.runtime.kafka.Line;
import dev.dise.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows what is stored, how far each reader of the line is, and what was lost on the way. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show what is stored, how far each reader of the line is, and what was lost on the way.",
        footer = {
            "",
            "Emitters report what they dropped once the line is good again; accepted and dropped together are what tools emitted.",
            "",
            "Example: ./dise status --output json"
        })
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
                show(counts, line.look(), line.deadLetters(), query.status());
            }
            return ExitCodes.OK;
        }
    }

    private void show(JsonNode counts, List<Hop> hops, long deadLetters, JsonNode status) {
        if (output.isJson()) {
            output.json(Map.of("stored", counts, "line", hops, "dead_letters", deadLetters, "stores", status));
            return;
        }
        Table line = new Table("reader", "topic", "records", "read", "lag");
        hops.forEach(hop -> line.row(hop.name(), hop.topic(), hop.end(), hop.read(), hop.lag()));
        line.row("-", Topic.DEAD_LETTERS.topicName(), deadLetters, "-", "-");
        output.table(line);
        output.out().println();
        output.table(stored(counts));
        output.out().println();
        output.out()
                .printf(
                        "%,d accepted, %,d in flight, %,d dead letters; %,d dropped by emitters%n",
                        accepted(hops), hops.stream().mapToLong(Hop::lag).sum(), deadLetters, dropped(counts));
        if (dropped(counts) > 0) {
            output.out().println();
            output.table(losses(counts));
        }
    }

    /** What the first topic has had. */
    private static long accepted(List<Hop> hops) {
        return hops.stream()
                .filter(hop -> hop.topic().equals(Topic.EVENTS.topicName()))
                .mapToLong(Hop::end)
                .sum();
    }

    private static long dropped(JsonNode counts) {
        return counts.path("dropped")
                .valueStream()
                .mapToLong(loss -> loss.path("events").asLong(0))
                .sum();
    }

    static Table losses(JsonNode counts) {
        Table table = new Table("dropped by emitters", "events", "first told", "last told");
        counts.path("dropped")
                .forEach(loss -> table.row(
                        loss.path("reason").asString(""),
                        loss.path("events").asLong(0),
                        loss.path("first_time").asString(""),
                        loss.path("last_time").asString("")));
        return table;
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
