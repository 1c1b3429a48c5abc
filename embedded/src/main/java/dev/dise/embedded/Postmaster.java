package dev.dise.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a former life left in a cluster directory: {@code postmaster.pid}, and perhaps a server that still runs. */
final class Postmaster {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private Postmaster() {}

    /**
     * Makes the directory ready for a new server. The caller holds the directory's lock, so a server that still runs here
     * has lost the process that started it, and is stopped. A pid file of a dead process is PostgreSQL's to judge; one
     * whose pid now belongs to another program would stop the start, and is removed.
     */
    static void clear(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> process = Files.exists(file) ? read(file) : Optional.empty();
        if (process.isEmpty()) {
            return;
        }
        if (isServerOf(process.get(), cluster)) {
            stop(process.get(), cluster);
        } else {
            Files.delete(file);
        }
    }

    private static Optional<ProcessHandle> read(Path file) throws IOException {
        try {
            long pid = Files.readAllLines(file).stream()
                    .findFirst()
                    .map(line -> Long.parseLong(line.strip()))
                    .orElse(0L);
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        } catch (NumberFormatException e) {
            // Not a file PostgreSQL wrote completely; the server says itself what it thinks of it.
            return Optional.empty();
        }
    }

    /** A process whose command cannot be read is a dead one nobody has waited for, or another user's: not our server. */
    private static boolean isServerOf(ProcessHandle process, Path cluster) {
        ProcessHandle.Info info = process.info();
        boolean isPostgres = info.command()
                .map(command -> Path.of(command).endsWith("postgres"))
                .orElse(false);
        boolean isHere = info.arguments()
                .map(arguments -> Arrays.asList(arguments).contains(cluster.toString()))
                .orElse(true);
        return isPostgres && isHere;
    }

    private static void stop(ProcessHandle process, Path cluster) throws IOException {
        log.atWarn()
                .addKeyValue("pid", process.pid())
                .addKeyValue("directory", cluster)
                .log("stopping the PostgreSQL server that a killed process left behind");
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM, which Java could send, waits for every client to leave.
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw stillRunning(process, cluster, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stillRunning(process, cluster, e);
        }
    }

    private static IllegalStateException stillRunning(ProcessHandle process, Path cluster, Exception cause) {
        return new IllegalStateException(
                "The data directory " + cluster + " is in use by the PostgreSQL server of process " + process.pid()
                        + ": stop that process or choose another data directory.",
                cause);
    }
}
