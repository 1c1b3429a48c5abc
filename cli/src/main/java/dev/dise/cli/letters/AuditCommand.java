package dev.dise.cli.letters;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Moment;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Printable;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditFilter;
import dev.dise.operations.audit.AuditLog;
import dev.dise.runtime.kafka.KafkaClients;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what operators did. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Show what was done to the line, by whom and when, the oldest first.",
        footer = {"", "Example: ./dise audit --since 7d --action redrive,discard"})
public final class AuditCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(names = "--since", paramLabel = "WHEN", description = "from then on: a time, a day, or 2h, 7d")
    private @Nullable String since;

    @Option(names = "--action", split = ",", description = "only these, as in redrive,discard")
    private List<String> actions = List.of();

    @Option(names = "--target", description = "only what was done to this")
    private @Nullable String target;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        AuditFilter filter = new AuditFilter(Set.copyOf(actions), target, moment());
        try (StackLink.Connection connection = link.open()) {
            connection.requireKafka();
            try (AuditLog audit =
                    new AuditLog(new KafkaClients(connection.config().kafka()))) {
                show(audit.read(filter));
            }
            return ExitCodes.OK;
        }
    }

    private @Nullable Instant moment() {
        return since == null
                ? null
                : Moment.parse(since, Instant.now())
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "--since must be " + Moment.RULE + " but is " + since));
    }

    private void show(List<AuditEntry> entries) {
        if (output.isJson()) {
            output.json(Map.of("items", entries));
            return;
        }
        if (entries.isEmpty()) {
            output.out().println("nothing of that was done");
            return;
        }
        Table table = new Table("at", "by", "action", "target", "outcome", "detail");
        entries.forEach(entry -> table.row(
                entry.at().truncatedTo(ChronoUnit.SECONDS),
                Printable.text(entry.by()),
                entry.action(),
                Printable.text(entry.target()),
                entry.outcome(),
                Printable.text(entry.detail().toString())));
        output.table(table);
    }
}
