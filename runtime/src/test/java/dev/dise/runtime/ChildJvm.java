package dev.dise.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with the class path of this one, for what only the death of a process can show. For tests. */
public final class ChildJvm implements AutoCloseable {
    /** What a shell says of a process that was killed, and what a failpoint halts with. */
    public static final int KILLED = 137;

    private static final List<String> QUICK_START = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a main class.
     *
     * @param log takes what it prints, and is there already if an earlier life wrote it
     * @param properties system properties
     */
    public static ChildJvm start(Class<?> main, Path log, Map<String, String> properties, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK_START);
        // What a killed process has unpacked stays behind; here it is found and removed.
        command.add("-Djava.io.tmpdir=" + log.toAbsolutePath().getParent());
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildJvm(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it where it is, so that it neither runs nor dies (SIGSTOP). */
    public void freeze() {
        Signals.send("STOP", process.pid());
    }

    /** Lets a frozen one run on (SIGCONT). */
    public void thaw() {
        Signals.send("CONT", process.pid());
    }

    /** Asks it to end (SIGTERM), and does not wait. */
    public void terminate() {
        Signals.send("TERM", process.pid());
    }

    /** Ends it at once, whatever it does (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        assertThat(exitCode(Duration.ofSeconds(20))).isEqualTo(KILLED);
    }

    /** What it ended with; fails, with what it printed, if it does not end in time. */
    public int exitCode(Duration patience) {
        try {
            assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended, having printed%n%s", printed())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a child", e);
        }
    }

    /** All that it and its earlier lives printed. */
    public String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
