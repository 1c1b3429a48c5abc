package dev.dise.cli.letters;

import dev.dise.cli.Moment;
import dev.dise.operations.letters.LetterFilter;
import dev.dise.operations.letters.LetterId;
import dev.dise.operations.letters.LetterState;
import dev.dise.schemas.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which letters. */
final class LetterOptions {
    @Option(names = "--stage", description = "refused by: router, pg-sink, rag-sink-embed, rag-sink-write")
    private @Nullable String stage;

    @Option(names = "--reason", description = "refused for, as in SCHEMA")
    private @Nullable String reason;

    @Option(names = "--type", description = "of this type of event")
    private @Nullable String type;

    @Option(names = "--fingerprint", paramLabel = "HASH", description = "of this cause, as the summary names it")
    private @Nullable String fingerprint;

    @Option(names = "--event-id", paramLabel = "ID", description = "of this event")
    private @Nullable String eventId;

    @Option(names = "--since", paramLabel = "WHEN", description = "refused from then on: a time, a day, or 2h, 7d")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "refused before then")
    private @Nullable String until;

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATE",
            description = "open, quarantined, redriven, discarded; several with commas")
    private List<String> states = List.of();

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    LetterFilter filter(List<LetterId> ids) {
        return new LetterFilter(
                Set.copyOf(ids),
                stage,
                reason,
                parsed("--type", type, EventType::forWireName, String.join(", ", EventType.wireNames())) == null
                        ? null
                        : type,
                fingerprint,
                eventId,
                moment("--since", since),
                moment("--until", until),
                states());
    }

    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private Set<LetterState> states() {
        return states.stream()
                .map(word -> LetterState.forWireName(word)
                        .orElseThrow(() -> wrong("--status must be one of " + String.join(", ", LetterState.wireNames())
                                + " but is " + word)))
                .collect(Collectors.toSet());
    }

    private @Nullable Instant moment(String option, @Nullable String text) {
        return parsed(option, text, when -> Moment.parse(when, Instant.now()), Moment.RULE);
    }

    private <T> @Nullable T parsed(
            String option, @Nullable String text, Function<String, Optional<T>> parse, String rule) {
        return text == null
                ? null
                : parse.apply(text).orElseThrow(() -> wrong(option + " must be " + rule + " but is " + text));
    }
}
