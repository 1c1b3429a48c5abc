package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dise.ingest.ArtifactEmitter;
import dev.dise.localdev.StackOptions.Ports;
import dev.dise.query.client.QueryClient;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the clients promise, with a whole stack behind them that starts after the first of them has emitted. */
class ClientsIT {
    private static final Path PYTHON_CLIENT = Path.of("..", "clients", "python").toAbsolutePath();
    private static final int PATIENCE_MINUTES = 5;
    private static final int EARLY_EVENTS = 30_000;
    private static final String RUN_ID = "before-the-stack";

    private static @Nullable ArtifactEmitter early;
    private static @Nullable LocalStack stack;

    @BeforeAll
    static void emitThenStart(@TempDir Path folder) throws IOException {
        int kafka = freePort();
        early = ArtifactEmitter.builder()
                .bootstrapServers("127.0.0.1:" + kafka)
                .source("urn:dise:test")
                .runId(RUN_ID)
                .spool(folder.resolve("spool"))
                .build();
        for (int i = 0; i < EARLY_EVENTS; i++) {
            early.emit(Log.of("early", LogLevel.INFO, "line " + i));
        }
        stack = LocalStack.start(TestStacks.in(folder.resolve("stack"), "query: {sql: {enabled: true}}")
                .withPorts(new Ports(kafka, 0, 0, 0, 0)));
    }

    @AfterAll
    static void stop() {
        emitter().close(Duration.ofSeconds(1));
        stack().close();
    }

    @Test
    void everyEventEmittedBeforeTheStackWasThereIsAccountedFor() {
        assertThat(emitter().flush(Duration.ofMinutes(1)).isComplete()).isTrue();
        assertThat(emitter().stats().delivered()).isEqualTo(EARLY_EVENTS);
        try (QueryClient query = new QueryClient(stack().queryAddress())) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(LineProbe.counts(query.counts(RUN_ID)))
                            .containsEntry("postgres log", (long) EARLY_EVENTS));
        }
    }

    @Test
    void thePythonClientPassesItsOwnSuite(@TempDir Path folder) throws Exception {
        assumeTrue(hasPython(), "python3 is not installed, so the Python client is not tested");
        Path log = folder.resolve("run-tests.log");
        ProcessBuilder suite = new ProcessBuilder(
                        "sh", PYTHON_CLIENT.resolve("run-tests").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        suite.environment().put("DISE_GATEWAY_URL", stack().gatewayAddress().toString());
        suite.environment().put("DISE_QUERY_URL", stack().queryAddress().toString());
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ArtifactEmitter emitter() {
        return Objects.requireNonNull(early);
    }

    private static LocalStack stack() {
        return Objects.requireNonNull(stack);
    }
}
