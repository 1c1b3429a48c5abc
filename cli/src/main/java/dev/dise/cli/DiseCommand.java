package dev.dise.cli;

import dev.dise.cli.backup.BackupCommand;
import dev.dise.cli.backup.RestoreCommand;
import dev.dise.cli.facts.BugCommand;
import dev.dise.cli.facts.FixesCommand;
import dev.dise.cli.facts.LineageCommand;
import dev.dise.cli.letters.AuditCommand;
import dev.dise.cli.letters.DlqCommand;
import dev.dise.cli.rebuild.RebuildCommand;
import dev.dise.cli.slices.ForgetCommand;
import dev.dise.cli.slices.ReplayCommand;
import dev.dise.cli.slices.RouteCommand;
import dev.dise.cli.top.TopCommand;
import dev.dise.cli.trace.TraceCommand;
import dev.dise.cli.trace.WhyCommand;
import dev.dise.cli.verify.LedgerCommand;
import dev.dise.cli.verify.VerifyCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(
        name = "dise",
        mixinStandardHelpOptions = true,
        version = "dise 0.1.0",
        description = "Typed events from LLM-driven tools through Kafka into PostgreSQL and Qdrant.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it did not work, or not everything is accounted for",
            "2:the command line, the config or the event is wrong",
            "3:no stack answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dise demo                                    see the whole line work, on a stack of its own",
            "  ./dise up                                      start the stack here; state lives in .dise",
            "  ./dise emit log '{\"tool_id\":\"t\",\"log_level\":\"error\",\"message\":\"boom\"}'",
            "  ./dise logs --tool t --level error",
            "  ./dise search \"turn text into speech\" --type tool"
        },
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            EmitCommand.class,
            TailCommand.class,
            ImportCommand.class,
            LogsCommand.class,
            FailuresCommand.class,
            BugsCommand.class,
            BugCommand.class,
            FixesCommand.class,
            PerfCommand.class,
            ExportCommand.class,
            RankingCommand.class,
            AncestryCommand.class,
            LineageCommand.class,
            SearchCommand.class,
            SqlCommand.class,
            StatusCommand.class,
            TopCommand.class,
            VerifyCommand.class,
            LedgerCommand.class,
            TraceCommand.class,
            WhyCommand.class,
            DlqCommand.class,
            AuditCommand.class,
            ReplayCommand.class,
            RouteCommand.class,
            ForgetCommand.class,
            ArchiveCommand.class,
            MaintainCommand.class,
            RebuildCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            BenchCommand.class,
            KeysCommand.class,
            McpCommand.class,
            ConfigCommand.class
        })
final class DiseCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }
}
