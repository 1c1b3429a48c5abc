package dev.dise.cli.slices;

import dev.dise.cli.Output;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.forget.ForgetReport;
import dev.dise.schemas.Topic;
import java.util.Map;

/** What was forgotten, for a person. */
final class ShownForget {
    private final Output output;

    ShownForget(Output output) {
        this.output = output;
    }

    void show(ForgetReport report) {
        Table table = new Table("where", report.dryRun() ? "would be removed" : "removed");
        report.rows().forEach((name, rows) -> table.row("rows of " + name, rows));
        report.archivedRows().forEach((name, rows) -> table.row("rows in " + name, rows));
        report.points().forEach((name, points) -> table.row("points of " + name, points));
        table.row("points in " + Topic.VECTORS.topicName(), report.vectors());
        table.row("dead letters", report.deadLetters());
        output.table(table);
        output.out().println();
        output.out().println(remaining(report.remaining()));
        report.notes().forEach(output.out()::println);
        if (!report.dryRun()) {
            output.out()
                    .println(
                            report.complete()
                                    ? "nothing is left where it can be removed"
                                    : "something may be left: run it again");
        }
    }

    private static String remaining(Map<String, Long> records) {
        return String.format(
                "the logs keep %,d records in %s (7 days), %,d in %s and %,d in %s (for ever), which nothing shows, replays"
                        + " or rebuilds; the bytes of what was removed stay in files of Kafka until it compacts %s and closes"
                        + " the file of the dead letters, and in PostgreSQL's until it uses their place again",
                records.getOrDefault(Topic.EVENTS.topicName(), 0L),
                Topic.EVENTS.topicName(),
                records.getOrDefault(Topic.BULK.topicName(), 0L),
                Topic.BULK.topicName(),
                records.getOrDefault(Topic.RAG.topicName(), 0L),
                Topic.RAG.topicName(),
                Topic.VECTORS.topicName());
    }
}
