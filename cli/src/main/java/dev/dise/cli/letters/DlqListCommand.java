package dev.dise.cli.letters;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.terminal.Printable;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.letters.LetterEntry;
import dev.dise.operations.letters.LetterFilter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List dead letters, the newest first.",
        footer = {"", "Example: ./dise dlq list --stage pg-sink --status open,quarantined --limit 50"})
final class DlqListCommand implements Callable<Integer> {
    @Mixin
    private LettersLink link = new LettersLink();

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(names = "--limit", defaultValue = "20", description = "letters at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() {
        LetterFilter filter = options.filter(List.of());
        try (LettersLink.Open open = link.open()) {
            show(open.letters().list(filter, limit));
            return ExitCodes.OK;
        }
    }

    private void show(List<LetterEntry> letters) {
        if (link.output().isJson()) {
            link.output().json(Map.of("items", letters));
            return;
        }
        if (letters.isEmpty()) {
            link.output().out().println("there are no such dead letters");
            return;
        }
        Table table = new Table("letter", "refused at", "stage", "reason", "type", "event", "fingerprint", "state");
        letters.forEach(letter -> table.row(
                letter.id(),
                letter.at().truncatedTo(ChronoUnit.SECONDS),
                letter.stage(),
                letter.reason(),
                letter.type().isEmpty() ? "-" : letter.type(),
                letter.eventId().isEmpty() ? "-" : Printable.text(letter.eventId()),
                letter.fingerprint(),
                letter.state().wireName()));
        link.output().table(table);
    }
}
