package dev.dise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own on this one's class path; what it says goes to a file. */
public final class ChildJvm implements AutoCloseable {
    private static final int SECONDS_TO_STOP = 10;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name for messages, and of the log file in the folder
     * @param flags of the JVM
     * @param command the class to run and its arguments
     */
    public static ChildJvm start(String name, Path folder, List<String> flags, List<String> command)
            throws IOException {
        Path log = folder.resolve(name + ".log");
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(flags);
        all.addAll(List.of("-cp", System.getProperty("java.class.path")));
        all.addAll(command);
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Whoever stops the benchmark half-way is to find nothing that still runs.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, name + "-stopper"));
        return new ChildJvm(name, process, log);
    }

    /** Throws if it has ended, with what it said. */
    public void requireRunning() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended: " + Files.readString(log));
        }
    }

    /** Returns once it has ended by itself; throws if that was not in good order, or not in time. */
    public void awaitEnd(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " is still running after " + patience.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " failed: " + Files.readString(log));
        }
    }

    /** Sends a signal, such as {@code STOP}, and returns when it is sent. */
    public void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Stops it, and returns once it is down. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
