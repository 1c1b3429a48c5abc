package dev.dise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own on this one's class path; what it says goes to a file. */
final class ChildJvm implements AutoCloseable {
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
    static ChildJvm start(String name, Path folder, List<String> flags, List<String> command) throws IOException {
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
        return new ChildJvm(name, process, log);
    }

    /** Throws if it has ended, with what it said. */
    void requireRunning() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended: " + Files.readString(log));
        }
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
