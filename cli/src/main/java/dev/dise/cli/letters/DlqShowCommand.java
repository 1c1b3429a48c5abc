package dev.dise.cli.letters;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.terminal.Printable;
import dev.dise.operations.letters.LetterDetail;
import dev.dise.operations.letters.LetterEntry;
import dev.dise.operations.letters.LetterId;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one dead letter. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show a dead letter: why it was refused, what it holds, and what was done with it.",
        footer = {"", "Example: ./dise dlq show dise.bulk-3@1024#1"})
final class DlqShowCommand implements Callable<Integer> {
    @Mixin
    private LettersLink link = new LettersLink();

    @Parameters(
            paramLabel = "ID",
            converter = LetterIdConverter.class,
            description = "the letter, as list and summary name it")
    private @Nullable LetterId id;

    @Override
    public Integer call() {
        try (LettersLink.Open open = link.open()) {
            Optional<LetterDetail> letter = open.letters().show(Objects.requireNonNull(id));
            if (letter.isEmpty()) {
                throw new IllegalStateException("there is no dead letter " + id + "; see ./dise dlq list");
            }
            show(letter.get());
            return ExitCodes.OK;
        }
    }

    private void show(LetterDetail letter) {
        if (link.output().isJson()) {
            link.output().json(letter);
            return;
        }
        PrintWriter out = link.output().out();
        LetterEntry entry = letter.letter();
        out.printf("%s: %s, refused by %s at %s%n", entry.id(), entry.state().wireName(), entry.stage(), entry.at());
        out.printf("%s: %s%n", entry.reason(), Printable.text(letter.message()));
        letter.paths().forEach(path -> out.println("wrong: " + Printable.text(path)));
        out.println();
        Payloads.print(letter.record(), true, out);
        if (!entry.complete()) {
            out.println("  the record was too large to be kept here; it may still be at "
                    + entry.id().source());
        }
        letter.history()
                .forEach(done -> out.printf(
                        "%n%s %s by %s: %s%n", done.at(), done.action(), Printable.text(done.by()), done.detail()));
    }
}
