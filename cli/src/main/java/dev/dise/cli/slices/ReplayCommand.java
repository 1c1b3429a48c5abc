package dev.dise.cli.slices;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.cli.terminal.Table;
import dev.dise.operations.replay.Replay;
import dev.dise.operations.replay.ReplayReport;
import dev.dise.operations.replay.ReplayRequest;
import dev.dise.operations.slice.AuditTopic;
import dev.dise.operations.slice.RecordFilter;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends past events through a sink again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Send past events through a store's sink again. What is stored already stays as it is.",
        footer = {
            "",
            "Times are those at which the store's topic got the events. A replay that was killed goes on when the same",
            "command is given again.",
            "",
            "Examples:",
            "  ./dise replay --type failure --since 2h --tool parse_json --to postgres",
            "  ./dise replay --type plan --type workflow --to qdrant --dry-run",
            "  ./dise replay --all --since 2026-01-31 --until 2026-02-01 --to postgres"
        })
public final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Option(names = "--to", required = true, paramLabel = "STORE", description = "postgres or qdrant")
    private Store store = Store.POSTGRES;

    @Option(names = "--type", paramLabel = "TYPE", description = "of that type, or deletions of it; repeatable")
    private List<String> types = new ArrayList<>();

    @Option(names = "--since", paramLabel = "WHEN", description = "from then on: a time, a day, or 2h, 7d")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "before then")
    private @Nullable String until;

    @Option(names = "--tool", paramLabel = "TOOL", description = "whose tool_id is that")
    private @Nullable String tool;

    @Option(names = "--subject", paramLabel = "SUBJECT", description = "about that")
    private @Nullable String subject;

    @Option(names = "--run", paramLabel = "RUN", description = "of that run")
    private @Nullable String run;

    @Option(names = "--id", paramLabel = "ID", description = "the event of that id; repeatable")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "every event of the span; needed where nothing else is named")
    private boolean all;

    @Option(names = "--dry-run", description = "count what would be sent, and change nothing")
    private boolean dryRun;

    @Option(names = "--restart", description = "begin anew instead of going on with one that was killed")
    private boolean restart;

    @Option(names = "--accept-gap", description = "go on where the topic no longer reaches back that far")
    private boolean acceptGap;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ReplayRequest request = request();
        try (StackLink.Connection connection = link.open()) {
            ReplayReport report = replay(request, connection.reached(store));
            if (output.isJson()) {
                output.json(report);
            } else {
                show(report);
            }
            boolean isShort = report.gap() != null && !acceptGap;
            return isShort ? ExitCodes.FAILED : ExitCodes.OK;
        }
    }

    private ReplayReport replay(ReplayRequest request, DiseConfig config) {
        ShownProgress progress = new ShownProgress(output.progress());
        try (Replay replay = Replay.to(store, config, new AuditTopic(new KafkaClients(config.kafka())))) {
            return dryRun ? replay.plan(request, progress) : replay.run(request, Options.user(), progress);
        }
    }

    private ReplayRequest request() {
        Options options = new Options(spec);
        Instant end = options.moment("--until", until);
        RecordFilter filter = new RecordFilter(options.types(types), end, tool, subject, run, Set.copyOf(ids));
        options.require(
                all || !filter.isOpen(),
                "name what to send again: --type, --tool, --subject, --run or --id, or --all for everything");
        String name = ReplayRequest.name(store, types, ids, since, until, tool, subject, run);
        return new ReplayRequest(store, options.moment("--since", since), filter, name, restart, acceptGap);
    }

    private void show(ReplayReport report) {
        Table table = new Table("type", report.dryRun() ? "would be sent" : "sent");
        report.matched().forEach(table::row);
        if (!table.isEmpty()) {
            output.table(table);
            output.out().println();
        }
        if (report.resumed()) {
            output.out().println("went on with an earlier replay; these are the figures since then");
        }
        if (report.gap() != null) {
            output.out().println(report.gap());
        }
        output.out().println(summary(report));
    }

    private static String summary(ReplayReport report) {
        String read = String.format(
                "%,d read, %,d matched, %,d left out as forgotten",
                report.read(), report.matchedInAll(), report.forgotten());
        Long written = report.written();
        Long there = report.alreadyThere();
        if (written == null) {
            return read + "; nothing was written";
        }
        return read
                + String.format("; %,d written", written)
                + (there == null ? " or there already" : String.format(", %,d there already", there))
                + String.format(", %,d refused", report.refused());
    }
}
