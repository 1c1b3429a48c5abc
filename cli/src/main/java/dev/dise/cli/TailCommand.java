package dev.dise.cli;

import dev.dise.cli.tail.Tail;
import dev.dise.cli.tail.TailStart;
import dev.dise.operations.tail.TailFilter;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows events as they pass. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "Show events as they pass, a line each, until Ctrl-C.",
            "",
            "It reads in no group and takes nothing from anybody. Events that pass faster than they can be shown are skipped,",
            "and it says how many; what was there before (--since, --from-start) is shown as a whole."
        },
        footer = {
            "",
            "With --output json each line is {topic, partition, offset, envelope, data}, of a dead letter also dead_letter,",
            "and of a record that is no event undecodable and raw.",
            "",
            "Examples:",
            "  ./dise tail --level error,critical",
            "  ./dise tail --tool parse_json --contains timeout --since 5m",
            "  ./dise tail --topic dead-letters --from-start --no-follow --output json"
        })
final class TailCommand implements Callable<Integer> {
    private static final int POLLED = 500;
    /** Set by the launcher, which can see where the output goes. */
    private static final String COLOURS = "dise.colours";

    private static final String PREFIX = "dise.";

    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(names = "--type", split = ",", description = "only these types, for example log,failure")
    private List<String> types = List.of();

    @Option(names = "--tool", paramLabel = "ID", description = "only of this tool")
    private @Nullable String tool;

    @Option(names = "--subject", paramLabel = "ID", description = "only about this")
    private @Nullable String subject;

    @Option(names = "--level", split = ",", description = "only these levels or severities, for example error,critical")
    private List<String> levels = List.of();

    @Option(names = "--run", paramLabel = "ID", description = "only of this run")
    private @Nullable String runId;

    @Option(
            names = "--contains",
            paramLabel = "TEXT",
            description = "only with this text in a value, whatever its case")
    private @Nullable String text;

    @Option(names = "--since", paramLabel = "WHEN", description = "begin with what came then: " + Moment.RULE)
    private @Nullable String since;

    @Option(names = "--from-start", description = "begin with the oldest that there is")
    private boolean fromStart;

    @Option(names = "--no-follow", description = "end at the end of what is there")
    private boolean noFollow;

    @Option(names = "--limit", paramLabel = "N", description = "end after so many lines")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--topic",
            defaultValue = "events",
            description = "events, bulk, rag, vectors or dead-letters (default: ${DEFAULT-VALUE})")
    private String topic = "events";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Tail.Options options =
                new Tail.Options(start(), filter(), limit, !noFollow, output.isJson(), Boolean.getBoolean(COLOURS));
        String name = topicName();
        try (StackLink.Connection connection = link.open();
                Tail tail = new Tail(
                        connection.reader("dise-tail", POLLED), name, options, output.out(), output.progress())) {
            Thread stopping = new Thread(tail::stop, "stop");
            Runtime.getRuntime().addShutdownHook(stopping);
            tail.run();
            withdraw(stopping);
            return ExitCodes.OK;
        }
    }

    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Ctrl-C: it is running, and waits for no more than has happened already.
        }
    }

    private TailStart start() {
        if (fromStart && since != null) {
            throw wrong("--from-start and --since exclude each other");
        }
        if (since != null) {
            return new TailStart.Since(Moment.parse(since, Instant.now())
                    .orElseThrow(() -> wrong("--since must be " + Moment.RULE + " but is '" + since + "'")));
        }
        return fromStart ? new TailStart.Beginning() : new TailStart.Now();
    }

    private TailFilter filter() {
        Set<EventType> wanted = types.stream()
                .map(type -> EventType.forWireName(type)
                        .orElseThrow(() -> wrong(
                                "no event type '" + type + "'; there are " + String.join(", ", EventType.wireNames()))))
                .collect(Collectors.toSet());
        return new TailFilter(wanted, levels(), tool, subject, runId, text);
    }

    /** A word may be a level, a severity or both. */
    private Set<String> levels() {
        Set<String> words = new HashSet<>();
        for (String level : levels) {
            Optional<String> asLevel = LogLevel.parse(level).map(LogLevel::wireName);
            Optional<String> asSeverity = Severity.parse(level).map(Severity::wireName);
            if (asLevel.isEmpty() && asSeverity.isEmpty()) {
                throw wrong("--level must be of debug, info, warning, error, critical, low, medium, high but is '"
                        + level + "'");
            }
            asLevel.ifPresent(words::add);
            asSeverity.ifPresent(words::add);
        }
        return words;
    }

    private String topicName() {
        String name = topic.startsWith(PREFIX) ? topic : PREFIX + topic;
        return Arrays.stream(Topic.values())
                .map(Topic::topicName)
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> wrong("no topic '" + topic + "'; there are "
                        + Arrays.stream(Topic.values()).map(Topic::topicName).collect(Collectors.joining(", "))));
    }

    private ParameterException wrong(String rule) {
        return new ParameterException(spec.commandLine(), rule);
    }
}
