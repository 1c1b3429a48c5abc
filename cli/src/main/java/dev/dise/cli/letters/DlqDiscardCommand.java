package dev.dise.cli.letters;

import dev.dise.cli.ExitCodes;
import dev.dise.operations.letters.Discard;
import dev.dise.operations.letters.LetterFilter;
import dev.dise.operations.letters.LetterGroup;
import dev.dise.operations.letters.LetterId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives dead letters up. */
@Command(
        name = "discard",
        mixinStandardHelpOptions = true,
        description = {
            "Give dead letters up: note in the audit that nothing more will be done with them, and why.",
            "",
            "The books count them as dropped. They can be read until their topic's time is over."
        },
        footer = {"", "Example: ./dise dlq discard --reason UNKNOWN_TYPE --why \"a test gone wrong\" --yes"})
final class DlqDiscardCommand implements Callable<Integer> {
    @Mixin
    private LettersLink link = new LettersLink();

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Mixin
    private ByOption by = new ByOption();

    @Mixin
    private Asking asking = new Asking();

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            converter = LetterIdConverter.class,
            description = "letters; none for all that the options name")
    private List<LetterId> ids = List.of();

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "the reason, for who reads the audit")
    private String why = "";

    @Override
    public Integer call() {
        LetterFilter filter = options.filter(ids);
        if (filter.isOpenEnded()) {
            throw options.wrong("name letters by id or by options: what is discarded is not sent again");
        }
        try (LettersLink.Open open = link.open()) {
            long count = open.letters().summary(filter.unsettled()).stream()
                    .mapToLong(LetterGroup::count)
                    .sum();
            if (count > 0 && !asking.agreesTo(String.format("This discards %,d dead letters.", count))) {
                return ExitCodes.FAILED;
            }
            long discarded = new Discard(open.letters(), open.audit(), Clock.systemUTC()).run(filter, by.name(), why);
            show(discarded);
            return ExitCodes.OK;
        }
    }

    private void show(long discarded) {
        if (link.output().isJson()) {
            link.output().json(Map.of("discarded", discarded));
        } else {
            link.output().out().printf("%,d discarded%n", discarded);
        }
    }
}
