package dev.dise.cli.letters;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done with dead letters. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Look at dead letters, send them again, or give them up.",
        footer = {
            "",
            "A letter is named by the record that was refused and the try that it was, as in dise.bulk-3@1024#1.",
            "What was done with letters stands in the topic dise.audit: ./dise audit",
            "",
            "Examples:",
            "  ./dise dlq summary",
            "  ./dise dlq list --reason SCHEMA --since 24h",
            "  ./dise dlq show dise.bulk-3@1024#1",
            "  ./dise dlq redrive --fingerprint 5f1c09e2ab --dry-run",
            "  ./dise dlq redrive dise.bulk-3@1024#1 --set /severity='\"high\"'",
            "  ./dise dlq discard --reason UNKNOWN_TYPE --why \"a test gone wrong\""
        },
        subcommands = {
            DlqSummaryCommand.class,
            DlqListCommand.class,
            DlqShowCommand.class,
            DlqRedriveCommand.class,
            DlqDiscardCommand.class
        })
public final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: summary, list, show, redrive or discard");
    }
}
