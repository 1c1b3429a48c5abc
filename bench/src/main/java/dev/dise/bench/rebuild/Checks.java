package dev.dise.bench.rebuild;

import dev.dise.bench.ChildJvm;
import dev.dise.bench.line.LineServers;
import dev.dise.cli.bench.Figure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that compare the stores with the log, each in a process of its own as a person starts it. */
final class Checks {
    private static final int HEAP_MEBIBYTES = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** What a collection has left, as in {@code Pause Young (Allocation Failure) 80M->12M(247M)}. */
    private static final Pattern LEFT = Pattern.compile("->(\\d+)M\\(");

    private final LineServers servers;
    private final Pace pace;
    private final PrintWriter progress;

    Checks(LineServers servers, Pace pace, PrintWriter progress) {
        this.servers = servers;
        this.pace = pace;
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        try (ExecutorService commands = Executors.newFixedThreadPool(pace.checksAtOnce())) {
            Future<Double> verify = commands.submit(() -> secondsOf("verify"));
            Future<Double> ledger = commands.submit(() -> secondsOf("ledger"));
            return List.of(
                    Figure.rate("verify_seconds", verify.get(), "s"),
                    Figure.countOfAtMost(HEAP_MEBIBYTES, "verify_heap_limit", HEAP_MEBIBYTES, "MiB"),
                    Figure.rate("verify_heap_mib", (double) heap("verify"), "MiB"),
                    Figure.rate("ledger_seconds", ledger.get(), "s"));
        }
    }

    /** Throws if it finds something, and says what. */
    private double secondsOf(String command) throws Exception {
        progress.println("./dise " + command + " …");
        long begun = System.nanoTime();
        try (ChildJvm child = servers.child(
                command,
                "dev.dise.cli.Main",
                HEAP_MEBIBYTES,
                command,
                "--config",
                servers.configFile().toString(),
                "--state",
                servers.folder().resolve("none").toString())) {
            child.awaitEnd(PATIENCE);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The most that was in use after a collection. */
    private long heap(String command) throws IOException {
        Matcher left = LEFT.matcher(Files.readString(servers.folder().resolve(command + "-gc.log")));
        return left.results()
                .mapToLong(one -> Long.parseLong(one.group(1)))
                .max()
                .orElse(0);
    }
}
