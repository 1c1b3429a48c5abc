package dev.dise.cli;

import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import dev.dise.cli.bench.Machine;
import dev.dise.cli.bench.PerformancePage;
import dev.dise.cli.terminal.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures parts of the line; the launcher puts the benchmarks and their peers on the class path for this only. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure a part of the line against a limit and a peer, on servers of its own.",
        footer = {"", "Example: ./dise bench postgres --rows 200000"})
public final class BenchCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final Path PAGE = Path.of("docs", "performance.md");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "postgres, rag, emit, gateway, rebuild, query, or all")
    private String name = ALL;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "rows of one measurement (default: 200000, of rebuild and query 1000000)")
    private @Nullable Integer rows;

    @Option(names = "--long", description = "measure what takes a quarter of an hour and more, too")
    private boolean longer;

    @Option(names = "--no-peers", description = "leave out other products")
    private boolean withoutPeers;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "page whose tables are written; without it 'all' writes docs/performance.md, if it is there")
    private @Nullable Path page;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".dise/bench",
            description = "folder for the servers' data, removed at the end (default: ${DEFAULT-VALUE})")
    private Path state = Path.of(".dise", "bench");

    /**
     * What a program reads.
     *
     * @param bench the name that was asked for
     */
    private record Report(String bench, Machine machine, List<Figure> figures) {}

    @Override
    public Integer call() throws Exception {
        List<Bench> benches = chosen();
        Machine machine = Machine.here();
        List<Figure> figures = new ArrayList<>();
        for (Bench bench : benches) {
            List<Figure> measured =
                    bench.run(new Bench.Options(rowsOf(bench), longer, !withoutPeers, state), output.progress());
            write(bench, machine, measured);
            figures.addAll(measured);
        }
        if (output.isJson()) {
            output.json(new Report(name, machine, figures));
        } else {
            print(machine, figures);
        }
        return ExitCodes.OK;
    }

    private void write(Bench bench, Machine machine, List<Figure> figures) throws IOException {
        Path target = page == null && name.equals(ALL) && Files.exists(PAGE) ? PAGE : page;
        if (target != null) {
            String command = "./dise bench " + bench.name() + " --rows " + rowsOf(bench) + (longer ? " --long" : "");
            PerformancePage.write(target, bench.name(), command, machine, figures);
            output.progress().println("written to " + target);
        }
    }

    private List<Bench> chosen() {
        List<Bench> all = ServiceLoader.load(Bench.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        List<Bench> named = all.stream()
                .filter(bench -> name.equals(ALL) || name.equals(bench.name()))
                .toList();
        if (named.isEmpty()) {
            String names = all.stream().map(Bench::name).sorted().collect(Collectors.joining(", "));
            throw new ParameterException(
                    spec.commandLine(),
                    "no benchmark '" + name + "'; there are: "
                            + (names.isEmpty() ? "none on this class path, so run ./dise bench" : names));
        }
        if (rows != null && rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows must be above 0 but is " + rows);
        }
        return named;
    }

    private int rowsOf(Bench bench) {
        return rows == null ? bench.usualRows() : rows;
    }

    private void print(Machine machine, List<Figure> figures) {
        Table table = new Table("figure", "value", "unit", "goal", "met");
        for (Figure figure : figures) {
            table.row(figure.name(), figure.text(), figure.unit(), shown(figure.goal()), shown(figure.met()));
        }
        output.table(table);
        output.out().println();
        output.out()
                .printf(
                        "%d cores, %s, %s, %s, %s%n",
                        machine.cores(), machine.memory(), machine.os(), machine.jdk(), machine.date());
    }

    private static String shown(@Nullable Double goal) {
        return goal == null ? "" : new DecimalFormat("0.##").format(goal);
    }

    private static String shown(@Nullable Boolean met) {
        return met == null ? "" : met ? "yes" : "no";
    }
}
