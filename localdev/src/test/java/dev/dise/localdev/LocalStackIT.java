package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dise.localdev.StackOptions.Ports;
import dev.dise.runtime.Health.State;
import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stack promises about its folder, its ports and its config. */
class LocalStackIT {
    private static final String SETTINGS = """
            database:
              storage_strategy: {store_generated_tools: false, hybrid_storage_types: [pattern]}
            """;

    private static @Nullable LocalStack shared;
    private static @Nullable StackOptions sharedOptions;

    @BeforeAll
    static void start(@TempDir Path folder) {
        sharedOptions = TestStacks.in(folder, SETTINGS);
        shared = LocalStack.start(sharedOptions);
    }

    @AfterAll
    static void stop() {
        stack().close();
    }

    @Test
    void stateSurvivesARestartOnOtherPorts(@TempDir Path folder) {
        StackOptions options = TestStacks.in(folder);
        Map<String, Long> before;
        try (LocalStack stack = LocalStack.start(options);
                LineProbe line = probe(stack)) {
            line.put(OneOfEach.of(EventType.LOG, "tool"));
            line.put(OneOfEach.of(EventType.EVALUATION, "review"));
            line.awaitDrained();
            before = LineProbe.counts(line.query().counts());
        }
        try (LocalStack stack = LocalStack.start(options);
                LineProbe line = probe(stack)) {
            line.requireReady();
            assertThat(before)
                    .isEqualTo(Map.of("postgres log", 1L, "postgres evaluation", 1L, "qdrant evaluation", 1L));
            assertThat(LineProbe.counts(line.query().counts())).isEqualTo(before);
            line.put(OneOfEach.of(EventType.LOG, "tool"));
            line.awaitDrained();
            assertThat(LineProbe.counts(line.query().counts())).containsEntry("postgres log", 2L);
        }
    }

    @Test
    void twoStacksInTwoFoldersDoNotCollide(@TempDir Path folder) {
        try (LocalStack other = LocalStack.start(TestStacks.in(folder));
                LineProbe there = probe(other);
                LineProbe here = probe(stack())) {
            there.put(OneOfEach.of(EventType.LOG, "there"));
            here.put(OneOfEach.of(EventType.LOG, "here"));
            there.awaitDrained();
            here.awaitDrained();
            assertThat(there.rows("/v1/logs", "tool_id", "there")).hasSize(1);
            assertThat(there.rows("/v1/logs", "tool_id", "here")).isEmpty();
            assertThat(here.rows("/v1/logs", "tool_id", "here")).hasSize(1);
        }
    }

    @Test
    void theSameFolderTwiceIsRefusedInOneSentence() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        LocalStack.start(Objects.requireNonNull(sharedOptions)).close())
                .withMessageMatching("The data directory \\S+ is in use by .*: stop that process or choose another.*");
    }

    @Test
    void aTakenPortIsRefusedInOneSentenceThatNamesIt(@TempDir Path folder) {
        int kafka = port(stack().config().kafka().bootstrapServers());
        assertRefused(folder.resolve("a"), new Ports(kafka, 0, 0, 0, 0), kafka);
        int postgres = stack().config().database().port();
        assertRefused(folder.resolve("b"), new Ports(0, postgres, 0, 0, 0), postgres);
        int qdrant = stack().config().rag().qdrant().grpcPort();
        assertRefused(folder.resolve("c"), new Ports(0, 0, qdrant, 0, 0), qdrant);
        int gateway = stack().gatewayAddress().getPort();
        assertRefused(folder.resolve("d"), new Ports(0, 0, 0, gateway, 0), gateway);
        int query = stack().queryAddress().getPort();
        assertRefused(folder.resolve("e"), new Ports(0, 0, 0, 0, query), query);
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedInOneSentence(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StackOptions options = TestStacks.in(folder);
        assertThatThrownBy(() -> LocalStack.start(new StackOptions(
                                file.resolve("state"), options.config(), options.ports(), options.durable()))
                        .close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.resolve("state").toString())
                .hasMessageContaining("choose another");
    }

    @Test
    void withoutADatabaseTheRestWorks(@TempDir Path folder) {
        try (LocalStack stack = LocalStack.start(TestStacks.in(folder, "database: {enabled: false}"));
                LineProbe line = probe(stack)) {
            line.put(OneOfEach.of(EventType.LOG, "tool"));
            line.put(OneOfEach.of(EventType.PLAN, "plan"));
            line.awaitDrained();
            assertThat(line.query()
                            .get("/v1/artifacts/count", Map.of())
                            .path("count")
                            .asLong(0))
                    .isEqualTo(1);
            assertThat(stack.health().parts()).doesNotContainKey("pg-sink");
            line.requireReady();
        }
    }

    @Test
    void aTypeThatTheConfigCallsHybridIsInBothStores() {
        try (LineProbe line = probe(stack())) {
            line.put(OneOfEach.of(EventType.PATTERN, line.runId()));
            line.awaitDrained();
            assertThat(line.counts()).isEqualTo(Map.of("postgres pattern", 1L, "qdrant pattern", 1L));
        }
    }

    @Test
    void generatedToolsThatAreNotToBeStoredAreCounted() throws Exception {
        try (LineProbe line = probe(stack())) {
            line.put(OneOfEach.of(EventType.GENERATED_TOOL, line.runId()));
            line.awaitDrained();
            assertThat(line.counts()).isEmpty();
        }
        assertThat(metrics()).contains("dise_router_events_total{to=\"not_stored\"} 1.0");
    }

    @Test
    void anOutageOfPostgreSqlCostsTimeAndNothingElse() throws Exception {
        RunningPostgres postgres =
                RunningPostgres.in(Objects.requireNonNull(sharedOptions).folder());
        EverythingAccountedFor promise = new EverythingAccountedFor();
        try (LineProbe line = probe(stack())) {
            emitLogs(line, promise);
            postgres.stop();
            emitLogs(line, promise);
            await().atMost(Duration.ofSeconds(30)).until(() -> stateOf("pg-sink") == State.WAITING);
            postgres.startAgain();
            emitLogs(line, promise);
            line.flush();
            line.awaitDrained();
            promise.verify(line.eventIds("/v1/logs"), line.refusedIds());
            line.requireReady();
        }
    }

    private static void emitLogs(LineProbe line, EverythingAccountedFor promise) {
        for (int i = 0; i < 300; i++) {
            promise.accepted(line.emit(Log.of("tool_" + i % 5, LogLevel.INFO, "line " + i)));
        }
    }

    private static @Nullable State stateOf(String part) {
        var report = stack().health().parts().get(part);
        return report == null ? null : report.state();
    }

    private static void assertRefused(Path folder, Ports ports, int port) {
        StackOptions options = TestStacks.in(folder).withPorts(ports);
        assertThatIllegalStateException()
                .as("port %d", port)
                .isThrownBy(() -> LocalStack.start(options).close())
                .withMessageContaining(Integer.toString(port))
                .withMessageContaining("stop");
    }

    private static String metrics() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = stack().gatewayAddress().resolve("/metrics");
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static LineProbe probe(LocalStack stack) {
        return new LineProbe(stack.config(), stack.gatewayAddress(), stack.queryAddress());
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static LocalStack stack() {
        return Objects.requireNonNull(shared);
    }
}
