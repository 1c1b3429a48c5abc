package dev.dise.cli;

import dev.dise.cli.demo.Demo;
import dev.dise.cli.demo.DemoReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole line at work on a stack of its own. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "See the whole line work: starts a stack, emits events of every type and a burst of log lines,"
                + " waits until all are visible, and accounts for every one.",
        footer = {"", "Example: ./dise demo --logs 100000"})
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--logs",
            defaultValue = "100000",
            description = "log lines of the burst (default: ${DEFAULT-VALUE})")
    private int logs;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".dise/demo",
            description = "folder of the demo's stack, emptied first (default: ${DEFAULT-VALUE})")
    private Path state = Path.of(".dise", "demo");

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter progress = output.progress();
        DemoReport report = new Demo(state, config.load(), logs, progress).run();
        if (output.isJson()) {
            output.json(report);
        } else {
            report.print(output.out());
        }
        return report.balances() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
