package dev.dise.bench;

import dev.dise.cli.bench.Bench;
import dev.dise.cli.bench.Figure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Measures the PostgreSQL side, from the topic to the committed row, against the limit and the peer. */
public final class PostgresBench implements Bench {
    private static final Path REAL_LOGS = Path.of("..", "shared", "data", "logs");

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public List<Figure> run(Options options, PrintWriter progress) throws Exception {
        List<String> realLines = RealLines.in(REAL_LOGS);
        progress.printf(
                "rows of made-up events%s; starting Kafka and PostgreSQL …%n",
                realLines.isEmpty() ? "" : " and of " + realLines.size() + " lines of " + REAL_LOGS);
        LogEvents events = new LogEvents(Instant.now().minusSeconds(3600), realLines);
        try (BenchServers servers = BenchServers.start(options.state())) {
            return new PostgresFigures(servers, events, options, progress).measure();
        }
    }
}
