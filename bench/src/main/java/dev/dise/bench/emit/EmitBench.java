package dev.dise.bench.emit;

import dev.dise.bench.BenchFolder;
import dev.dise.bench.ChildJvm;
import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import dev.dise.schemas.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the emitter as a tool has it: in a JVM of its own with the JVM's own choice of collector, beside a broker in
 * another, which is up, absent from the start or frozen in the middle.
 */
public final class EmitBench implements Bench {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "emit";
    }

    @Override
    public List<Figure> run(Options options, PrintWriter progress) throws Exception {
        try (BenchFolder run = new BenchFolder(options.state(), name())) {
            Path folder = run.path();
            progress.println("the spool beside plain writes to the same disk");
            List<Figure> figures = new ArrayList<>(new SpoolFigures(folder.resolve("plain")).measure());
            progress.println("the emitter beside a broker that is up, frozen and absent");
            figures.addAll(probe(folder, options.rows()));
            progress.println("the Python client beside a process for each record");
            figures.addAll(PythonFigures.measure(progress));
            return figures;
        }
    }

    private static List<Figure> probe(Path folder, int events) throws Exception {
        Path results = folder.resolve("figures.json");
        List<String> command =
                List.of(EmitProbe.class.getName(), folder.toString(), Integer.toString(events), results.toString());
        try (ChildJvm probe = ChildJvm.start("emit-probe", folder, List.of("-Xmx1g"), command)) {
            probe.awaitEnd(PATIENCE);
        }
        return List.of(Json.mapper().readValue(results.toFile(), Figure[].class));
    }
}
