package dev.dise.cli.trace;

import dev.dise.cli.Moment;
import dev.dise.operations.trace.TraceRequest;
import dev.dise.schemas.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say how to look for an event, and how much to show. */
final class TraceOptions {
    @Option(names = "--type", description = "the event's type, if known: fewer topics are read")
    private @Nullable String type;

    @Option(names = "--since", paramLabel = "WHEN", description = "read topics from then on: a time, a day, or 2h, 7d")
    private @Nullable String since;

    @Option(names = "--every-copy", description = "read on to the end of the topics, for what was sent more than once")
    private boolean everyCopy;

    @Option(names = "--raw", description = "show headers and bytes as they are")
    private boolean raw;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    boolean raw() {
        return raw;
    }

    TraceRequest request(String id) {
        return new TraceRequest(id, eventType(), moment(), everyCopy, raw);
    }

    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private @Nullable EventType eventType() {
        return type == null
                ? null
                : EventType.forWireName(type)
                        .orElseThrow(() -> wrong("--type must be one of " + String.join(", ", EventType.wireNames())
                                + " but is " + type));
    }

    private @Nullable Instant moment() {
        return since == null
                ? null
                : Moment.parse(since, Instant.now())
                        .orElseThrow(() -> wrong("--since must be " + Moment.RULE + " but is " + since));
    }
}
