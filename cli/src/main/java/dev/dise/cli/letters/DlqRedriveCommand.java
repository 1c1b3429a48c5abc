package dev.dise.cli.letters;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.terminal.Progress;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.letters.LetterFilter;
import dev.dise.operations.letters.LetterId;
import dev.dise.operations.letters.Redrive;
import dev.dise.operations.letters.RedriveOrder;
import dev.dise.operations.letters.RedriveOutcome;
import dev.dise.operations.letters.RedriveReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends refused records again. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Send refused records to the topic that they were refused from, so that the same stage gets them again.",
            "",
            "They keep their ids, so stores hold them once. What is refused again is a new letter with one attempt more;",
            "after --max-attempts it is quarantined, and only --force, --edit or --set sends it again. Killed, it can be",
            "run again: what stands in the audit is not sent twice, and at most one piece of a hundred is that does not."
        },
        footer = {
            "",
            "Examples:",
            "  ./dise dlq redrive --stage pg-sink --since 2h --dry-run",
            "  ./dise dlq redrive --fingerprint 5f1c09e2ab --rate 500",
            "  ./dise dlq redrive dise.bulk-3@1024#1 --set /severity=high"
        })
final class DlqRedriveCommand implements Callable<Integer> {
    @Mixin
    private LettersLink link = new LettersLink();

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Mixin
    private EditOptions edit = new EditOptions();

    @Mixin
    private ByOption by = new ByOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            converter = LetterIdConverter.class,
            description = "letters; none for all that the options name")
    private List<LetterId> ids = List.of();

    @Option(names = "--all", description = "all that are open; without ids and filters this must be said")
    private boolean all;

    @Option(names = "--dry-run", description = "only say what would be sent")
    private boolean dryRun;

    @Option(names = "--force", description = "also what is quarantined, redriven or discarded")
    private boolean force;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0", description = "records a second at most")
    private int rate;

    @Override
    public Integer call() {
        LetterFilter filter = options.filter(ids);
        if (filter.isOpenEnded() && !all) {
            throw options.wrong("name letters by id or by options, or say --all");
        }
        if (rate < 0) {
            throw options.wrong("--rate must be above 0");
        }
        RedriveOrder order = new RedriveOrder(filter, by.name(), dryRun, force, rate, edit.edit());
        try (LettersLink.Open open = link.open()) {
            Progress progress = new Progress(link.output().progress(), "sending again");
            RedriveReport report = run(new Redrive(open.letters(), open.clients(), open.audit()), order, progress);
            progress.done(report.count(RedriveOutcome.SENT));
            show(report);
            boolean good = report.outcomes().keySet().stream().allMatch(RedriveOutcome::isGood);
            return good ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private RedriveReport run(Redrive redrive, RedriveOrder order, Progress progress) {
        try {
            return redrive.run(order, progress::at);
        } catch (IllegalArgumentException e) {
            throw options.wrong(String.valueOf(e.getMessage()));
        }
    }

    private void show(RedriveReport report) {
        if (link.output().isJson()) {
            link.output().json(report);
            return;
        }
        if (report.outcomes().isEmpty()) {
            link.output().out().println("there are no such dead letters that are open");
            return;
        }
        report.outcomes()
                .forEach((outcome, count) -> link.output().out().printf("%,d: %s%n", count, outcome.explanation()));
        if (!report.held().isEmpty()) {
            Table table = new Table("not sent", "since it");
            report.held().forEach(held -> table.row(held.id(), held.outcome().explanation()));
            link.output().out().println();
            link.output().table(table);
        }
    }
}
