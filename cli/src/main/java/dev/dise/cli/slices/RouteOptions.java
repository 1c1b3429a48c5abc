package dev.dise.cli.slices;

import dev.dise.cli.Output;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.routing.RouteChange;
import dev.dise.operations.routing.RouteReport;
import dev.dise.operations.routing.TypeMove;
import dev.dise.operations.slice.AuditTopic;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What both commands about routes are given, and how both show what comes of it. */
final class RouteOptions {
    @Parameters(index = "0", paramLabel = "CONFIG", description = "the config with the new rules")
    private Path file = Path.of("");

    @Option(names = "--since", paramLabel = "WHEN", description = "events from then on: a time, a day, or 24h, 7d")
    private @Nullable String since;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** The new config; every mistake in it is told at once. */
    DiseConfig newConfig() {
        return DiseConfig.load(file);
    }

    @Nullable
    Instant since() {
        return new Options(command).moment("--since", since);
    }

    /** As it was typed. */
    String sinceText() {
        return String.valueOf(since);
    }

    static RouteChange change(DiseConfig now, DiseConfig then) {
        KafkaClients kafka = new KafkaClients(now.kafka());
        return new RouteChange(kafka, now.database().storage(), then.database().storage(), new AuditTopic(kafka));
    }

    static void show(RouteReport report, Output output) {
        if (output.isJson()) {
            output.json(report);
            return;
        }
        Table table = new Table(
                "type", "events", "route", "extra rows", "extra embeddings", "no longer rows", "no longer embedded");
        report.types().forEach(move -> row(table, move));
        table.row(
                "all",
                report.total(TypeMove::events),
                "",
                report.total(TypeMove::extraRows),
                report.total(TypeMove::extraEmbeddings),
                report.total(TypeMove::noLongerRows),
                report.total(TypeMove::noLongerEmbedded));
        output.table(table);
        output.out().println();
        if (report.gap() != null) {
            output.out().println(report.gap());
        }
        output.out()
                .printf(
                        "%,d events read, %,d of them cannot be routed, %,d left out as forgotten%n",
                        report.read(), report.unroutable(), report.forgotten());
    }

    private static void row(Table table, TypeMove move) {
        String route = topics(move.before());
        table.row(
                move.type().wireName(),
                move.events(),
                move.isMoved() ? route + " → " + topics(move.after()) : route,
                move.extraRows(),
                move.extraEmbeddings(),
                move.noLongerRows(),
                move.noLongerEmbedded());
    }

    private static String topics(List<String> names) {
        return names.isEmpty() ? "nowhere" : String.join(" + ", names);
    }
}
