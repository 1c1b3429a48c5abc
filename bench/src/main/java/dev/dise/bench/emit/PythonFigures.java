package dev.dise.bench.emit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.cli.bench.Figure;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What emitting costs a Python tool beside a process for each record, measured by the client's own program. */
final class PythonFigures {
    private static final Path FOLDER = Path.of("clients", "python");
    private static final String PROGRAM = "bench_emit.py";

    private PythonFigures() {}

    /** Nothing where there is no Python or the sources of the client are not there; says so. */
    static List<Figure> measure(PrintWriter progress) throws InterruptedException {
        if (!Files.exists(FOLDER.resolve(PROGRAM))) {
            progress.println("left out: " + FOLDER.resolve(PROGRAM) + " is not here");
            return List.of();
        }
        try {
            Process program = new ProcessBuilder("python3", PROGRAM, "--json")
                    .directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] printed = program.getInputStream().readAllBytes();
            if (program.waitFor() != 0) {
                throw new IllegalStateException("python3 " + PROGRAM + " failed: " + new String(printed, UTF_8));
            }
            return figures(Json.parse(printed));
        } catch (IOException e) {
            progress.println("left out: python3 is not installed");
            return List.of();
        }
    }

    private static List<Figure> figures(JsonNode micros) {
        double emit = micros.path("emit_p50_us").asDouble();
        double process = micros.path("process_p50_us").asDouble();
        return List.of(
                new Figure("python_emit_p50", emit, "µs", null, null),
                new Figure("python_emit_p99", micros.path("emit_p99_us").asDouble(), "µs", null, null),
                new Figure("process_per_record_p50", process, "µs", null, null),
                Figure.ratio("process_vs_python_emit", process / emit));
    }
}
