package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python client's own suite, its live part against a whole stack. Skipped where there is no Python. */
class PythonClientIT {
    private static final Path CLIENT = Path.of("..", "clients", "python").toAbsolutePath();
    private static final int PATIENCE_MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void passesItsOwnSuiteAgainstAWholeStack() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed, so the Python client is not tested");
        try (LocalStack stack = LocalStack.start(TestStacks.in(folder.resolve("stack")))) {
            Path log = folder.resolve("run-tests.log");
            ProcessBuilder suite = new ProcessBuilder(
                            "sh", CLIENT.resolve("run-tests").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            suite.environment().put("DISE_GATEWAY_URL", stack.gatewayAddress().toString());
            suite.environment().put("DISE_QUERY_URL", stack.queryAddress().toString());
            Process process = suite.start();
            try {
                assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                        .as("ended, having printed%n%s", Files.readString(log))
                        .isTrue();
                assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            // Not on the path.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
