package dev.dise.cli;

import dev.dise.cli.terminal.Table;
import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.localdev.StackOptions.Ports;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole stack in this process until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the stack here: Kafka, PostgreSQL, the vector store and all services in one process.",
        footer = {
            "",
            "The usual ports are taken if they are free, any free ones otherwise; a port that you name must be free.",
            "State lives in the --state folder and survives restarts. Stop it with Ctrl-C.",
            "",
            "Example: ./dise up --gateway-port 8080 --state .dise"
        })
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = StackLink.DEFAULT_STATE,
            description = "(default: ${DEFAULT-VALUE})")
    private Path state = Path.of(StackLink.DEFAULT_STATE);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--kafka-port", description = "usually 9092")
    private @Nullable Integer kafkaPort;

    @Option(names = "--postgres-port", description = "usually 5432")
    private @Nullable Integer postgresPort;

    @Option(names = "--qdrant-port", description = "usually 6334")
    private @Nullable Integer qdrantPort;

    @Option(names = "--gateway-port", description = "usually 8080")
    private @Nullable Integer gatewayPort;

    @Option(names = "--query-port", description = "usually 8081")
    private @Nullable Integer queryPort;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Instant begun = Instant.now();
        PrintWriter out = spec.commandLine().getOut();
        StackOptions options = StackOptions.in(state, config.load()).withPorts(ports());
        out.println("starting the stack in " + state + " …");
        LocalStack stack = LocalStack.start(options);
        StackFile addresses = StackFile.of(stack);
        addresses.write(state);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
        print(out, addresses, Duration.between(begun, Instant.now()));
        return await(stack);
    }

    private Ports ports() {
        return new Ports(
                UsualPort.or(kafkaPort, 9092),
                UsualPort.or(postgresPort, 5432),
                UsualPort.or(qdrantPort, 6334),
                UsualPort.or(gatewayPort, 8080),
                UsualPort.or(queryPort, 8081));
    }

    private void stop(LocalStack stack) {
        StackFile.remove(state);
        stack.close();
    }

    private int await(LocalStack stack) {
        try {
            stack.ended().join();
            return ExitCodes.OK;
        } catch (CompletionException e) {
            spec.commandLine().getErr().println("the stack stops: " + e.getCause());
            return ExitCodes.FAILED;
        }
    }

    private static void print(PrintWriter out, StackFile stack, Duration took) {
        out.printf("ready after %.1f s%n%n", took.toMillis() / 1000.0);
        Table table = new Table("part", "address");
        table.row("gateway", stack.gateway()).row("query", stack.query());
        table.row("Kafka", stack.kafka()).row("PostgreSQL", stack.postgres()).row("Qdrant (gRPC)", stack.qdrant());
        table.print(out);
        out.println();
        out.println("emit:  curl -X POST -H 'content-type: application/json' " + stack.gateway() + "/v1/events/log \\");
        out.println("         -d '{\"tool_id\":\"t\",\"log_level\":\"error\",\"message\":\"boom\"}'");
        out.println("find:  ./dise logs --tool t");
        out.println("see:   " + stack.query() + "/ in a browser, or ./dise top");
        out.println("stop:  Ctrl-C");
        out.flush();
    }
}
