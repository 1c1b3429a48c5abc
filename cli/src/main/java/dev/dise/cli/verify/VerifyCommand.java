package dev.dise.cli.verify;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Operator;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.ledger.LinePlaces;
import dev.dise.operations.verify.Verification;
import dev.dise.operations.verify.VerificationReport;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.compare.Finding;
import dev.dise.schemas.Store;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the stores with the log, and mends them. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compare PostgreSQL and Qdrant with the topics that they come from, and the topics with each other.",
            "Says exactly what is missing, extra, stale or different; the line may be used meanwhile."
        },
        footer = {
            "",
            "What waits for a sink is no finding. Nothing is changed without --repair, and with it only what was found.",
            "The exit code is 0 if nothing was found, or all of it was mended.",
            "",
            "Examples:",
            "  ./dise verify                              everything that the topics have",
            "  ./dise verify --since 2h --repair          what came in the last two hours, mended",
            "  ./dise verify --store qdrant --output json"
        })
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Mixin
    private SinceOption since = new SinceOption();

    @Option(names = "--store", paramLabel = "STORE", description = "postgres or qdrant alone")
    private @Nullable Store store;

    @Option(names = "--repair", description = "mend what is found, and nothing else")
    private boolean repair;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "findings that are listed of each comparison; all are counted (default: ${DEFAULT-VALUE})")
    private int limit = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit must not be negative but is " + limit);
        }
        Clock clock = Clock.systemUTC();
        CompareOptions options = new CompareOptions(since.at(clock.instant()), repair, limit);
        try (StackLink.Connection connection = link.open()) {
            var config = connection.servers();
            PhaseProgress progress = new PhaseProgress(output.progress());
            VerificationReport report = new Verification(config, LinePlaces.of(config), clock)
                    .run(stores(), options, Operator.name(), progress);
            progress.done();
            show(report);
            return report.isGood() ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private Set<Store> stores() {
        return store == null ? EnumSet.allOf(Store.class) : EnumSet.of(store);
    }

    private void show(VerificationReport report) {
        if (output.isJson()) {
            output.json(report);
            return;
        }
        Table findings = new Table("store", "finding", "in", "key", "event", "record", "columns");
        report.comparisons().forEach(comparison -> comparison.findings().forEach(finding -> add(finding, findings)));
        if (!findings.isEmpty()) {
            output.table(findings);
            output.out().println();
        }
        report.comparisons().forEach(this::show);
        output.out().println(summary(report));
    }

    private static void add(Finding finding, Table table) {
        table.row(
                finding.store().wireName(),
                finding.kind().wireName(),
                finding.place(),
                finding.key(),
                Objects.requireNonNullElse(finding.eventId(), "-"),
                Objects.requireNonNullElse(finding.position(), "-"),
                finding.columns().isEmpty() ? "-" : String.join(", ", finding.columns()));
    }

    private void show(Comparison comparison) {
        output.out()
                .printf(
                        "%s: %,d found%s%s in %.1f s%n",
                        comparison.name(),
                        comparison.found(),
                        comparison.unverifiable() == 0
                                ? ""
                                : String.format(
                                        ", %,d from before the topic's beginning cannot be judged",
                                        comparison.unverifiable()),
                        comparison.unsettled() == 0
                                ? ""
                                : String.format(", %,d still on their way", comparison.unsettled()),
                        comparison.took().toMillis() / 1e3);
    }

    private static String summary(VerificationReport report) {
        if (report.found() == 0) {
            return "nothing is missing, extra, stale or different";
        }
        return report.mended() == 0
                ? String.format("%,d found; --repair mends them", report.found())
                : String.format("%,d found, %,d mended", report.found(), report.mended());
    }
}
