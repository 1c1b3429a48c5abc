package dev.dise.cli.rebuild;

import dev.dise.cli.Output;
import dev.dise.cli.terminal.Table;
import dev.dise.runtime.generations.GenerationInfo;
import dev.dise.runtime.generations.RebuildReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How generations and what was done with them are printed. */
record ReportView(Output output) {
    void show(RebuildReport report) {
        if (output.isJson()) {
            output.json(report);
            return;
        }
        GenerationInfo built = report.generation();
        double seconds = Math.max(report.took().toMillis() / 1_000.0, 1e-3);
        output.out()
                .printf(
                        "generation %d of %s is %s: %,d records in %,.1f s (%,.0f/s), digest %s as the one it was compared with%n",
                        built.number(),
                        built.store().wireName(),
                        built.state().wireName(),
                        report.records(),
                        seconds,
                        report.records() / seconds,
                        report.digest());
        output.out()
                .println(
                        report.switched().isZero()
                                ? "readers see what they saw; ./dise rebuild switch "
                                        + built.store().wireName() + " " + built.number() + " shows them this"
                                : "readers see it since a switch that held them up for "
                                        + report.switched().toMillis() + " ms at most");
    }

    void show(List<GenerationInfo> generations) {
        if (output.isJson()) {
            output.json(Map.of("items", generations));
            return;
        }
        Table table = new Table("store", "generation", "state", "behind", "since", "detail");
        generations.forEach(one -> table.row(
                one.store().wireName(),
                one.number(),
                one.state().wireName(),
                one.behind(),
                since(one.startedAt()),
                one.detail()));
        output.table(table);
    }

    private static String since(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
