package dev.dise.cli.letters;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.terminal.Printable;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.letters.LetterFilter;
import dev.dise.operations.letters.LetterGroup;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Groups dead letters by cause. */
@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        description = {
            "Group dead letters by stage, reason and fingerprint, the largest group first.",
            "",
            "A fingerprint is the message (which of schema errors names the path) without what differs from letter to",
            "letter: quoted values, ids and numbers."
        },
        footer = {"", "Example: ./dise dlq summary --since 24h --status open"})
final class DlqSummaryCommand implements Callable<Integer> {
    @Mixin
    private LettersLink link = new LettersLink();

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Override
    public Integer call() {
        LetterFilter filter = options.filter(List.of());
        try (LettersLink.Open open = link.open()) {
            show(open.letters().summary(filter));
            return ExitCodes.OK;
        }
    }

    private void show(List<LetterGroup> groups) {
        if (link.output().isJson()) {
            link.output().json(Map.of("items", groups));
            return;
        }
        if (groups.isEmpty()) {
            link.output().out().println("there are no such dead letters");
            return;
        }
        Table table = new Table(
                "stage",
                "reason",
                "fingerprint",
                "letters",
                "open",
                "quarantined",
                "first",
                "last",
                "message",
                "sample");
        groups.forEach(group -> table.row(
                group.stage(),
                group.reason(),
                group.fingerprint(),
                group.count(),
                group.open(),
                group.quarantined(),
                group.firstSeen().truncatedTo(ChronoUnit.SECONDS),
                group.lastSeen().truncatedTo(ChronoUnit.SECONDS),
                Printable.text(group.message()),
                group.sample()));
        link.output().table(table);
    }
}
