package dev.dise.cli.slices;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Keyboard;
import dev.dise.operations.forget.ForgetReport;
import dev.dise.operations.forget.ForgetRequest;
import dev.dise.operations.forget.Forgetting;
import dev.dise.operations.slice.AuditTopic;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Store;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes a subject from everywhere. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Remove a subject from both stores, archives, dead letters and vectors, so that no replay and no"
                + " rebuild brings it back. This cannot be undone.",
        footer = {
            "",
            "A subject is the key of its events: an artifact_id, tool_id, bug_id, conversation_id and so on. What happens to",
            "it afterwards is stored as ever. Given again, the command completes what was interrupted.",
            "",
            "Examples:",
            "  ./dise forget --subject chat-4711 --dry-run",
            "  ./dise forget --subject chat-4711 --type conversation --reason \"asked for on 2026-01-31\""
        })
public final class ForgetCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(names = "--subject", required = true, paramLabel = "SUBJECT", description = "whom or what to forget")
    private String subject = "";

    @Option(names = "--type", paramLabel = "TYPE", description = "only its events of this type, and their deletions")
    private @Nullable String type;

    @Option(names = "--reason", paramLabel = "TEXT", description = "kept beside the subject in the list")
    private String reason = "";

    @Option(names = "--yes", description = "do not ask for the subject again")
    private boolean yes;

    @Option(names = "--dry-run", description = "count what would be removed, and change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ForgetRequest request = request();
        if (!yes && !dryRun) {
            confirm();
        }
        try (StackLink.Connection connection = link.open()) {
            ForgetReport report = forget(request, connection.config(), connection);
            if (output.isJson()) {
                output.json(report);
            } else {
                new ShownForget(output).show(report);
            }
            return report.complete() || dryRun ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private ForgetReport forget(ForgetRequest request, DiseConfig config, StackLink.Connection connection) {
        connection.reached(config.database().enabled() ? Store.values() : new Store[] {Store.QDRANT});
        Forgetting forgetting = new Forgetting(config, new AuditTopic(new KafkaClients(config.kafka())));
        ShownProgress progress = new ShownProgress(output.progress());
        return dryRun ? forgetting.plan(request, progress) : forgetting.run(request, progress);
    }

    private ForgetRequest request() {
        Options options = new Options(spec);
        options.require(!subject.isBlank(), "--subject must name something");
        EventType of = type == null ? null : options.type(type);
        options.require(of != EventType.DELETION, "a deletion is of the type of its target: name that");
        return new ForgetRequest(subject, of, Options.user(), reason);
    }

    private void confirm() {
        output.progress().print("This cannot be undone. The subject again: ");
        output.progress().flush();
        new Options(spec)
                .require(subject.equals(Keyboard.line()), "that is not the subject; nothing was done (or say --yes)");
    }
}
