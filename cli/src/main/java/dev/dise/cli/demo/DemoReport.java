package dev.dise.cli.demo;

import dev.dise.cli.terminal.Table;
import dev.dise.runtime.kafka.DeadLetterTally.Letter;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the demo has seen. */
public record DemoReport(
        String runId,
        boolean settled,
        Account account,
        List<Letter> deadLetters,
        String question,
        JsonNode hits,
        JsonNode aggregates,
        Figures figures) {

    /** Whether every event is accounted for. */
    public boolean balances() {
        return settled && figures.undelivered() == 0 && account.balances();
    }

    /** Prints it for a person. */
    public void print(PrintWriter out) {
        out.println();
        accountTable().print(out);
        out.println();
        deadLetters.forEach(letter -> out.println(
                "dead letter at " + letter.stage() + ": " + letter.reason() + ", " + firstLine(letter.message())));
        out.println();
        out.println("search by meaning, \"" + question + "\":");
        Table found = new Table("score", "artifact", "name", "description");
        hits.path("items")
                .forEach(hit -> found.row(
                        String.format("%.3f", hit.path("score").asDouble(0)),
                        hit.path("artifact_id").asString(""),
                        hit.path("name").asString(""),
                        hit.path("description").asString("")));
        found.print(out);
        out.println();
        out.println("aggregate by SQL, latency_ms by tool:");
        aggregateTable().print(out);
        out.println();
        printFigures(out);
        out.println(balances() ? "every event is accounted for" : "NOT every event is accounted for: see the table");
    }

    private Table accountTable() {
        Table table = new Table("type", "emitted", "in PostgreSQL", "in Qdrant", "dead-lettered", "accounted for");
        account.lines()
                .forEach((type, line) -> table.row(
                        type,
                        line.expected().emitted(),
                        line.rows(),
                        line.points(),
                        line.deadLetters(),
                        line.balances()
                                ? "yes"
                                : "NO, expected " + line.expected().rows() + " rows, "
                                        + line.expected().points() + " points"));
        return table;
    }

    private Table aggregateTable() {
        Table table = new Table("tool", "count", "mean", "p50", "p95", "p99");
        aggregates
                .path("items")
                .forEach(item -> table.row(
                        item.path("tool_id").asString(""),
                        item.path("count").asLong(0),
                        figure(item, "mean"),
                        figure(item, "p50"),
                        figure(item, "p95"),
                        figure(item, "p99")));
        return table;
    }

    private static String figure(JsonNode item, String name) {
        return String.format("%.1f", item.path(name).asDouble(0));
    }

    private void printFigures(PrintWriter out) {
        double seconds = figures.visible().toMillis() / 1000.0;
        long events = account.lines().values().stream()
                .mapToLong(line -> line.expected().emitted())
                .sum();
        out.printf(
                "emit: %,.0f/s in the caller, p50 %.1f µs, p99 %.1f µs%n",
                figures.burst().perSecond(),
                figures.burst().p50Micros(),
                figures.burst().p99Micros());
        out.printf("line: %,d events visible in %.1f s, %,.0f/s%n", events, seconds, events / Math.max(seconds, 1e-3));
        out.printf(
                "stack ready in %.1f s, all done in %.1f s, memory of the process tree %,d MiB%n",
                figures.ready().toMillis() / 1000.0, figures.total().toMillis() / 1000.0, figures.memoryMebibytes());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
