package dev.dise.cli;

import static dev.dise.cli.McpCalls.call;
import static dev.dise.cli.McpCalls.found;
import static dev.dise.cli.McpCalls.refused;
import static dev.dise.cli.McpCalls.store;
import static dev.dise.cli.McpCalls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.localdev.LocalStack;
import dev.dise.localdev.StackOptions;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.Scope;
import dev.dise.schemas.Json;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The tools, asked by the SDK's own client: as its child over standard input and output, and over HTTP, with keys. */
class McpIT {
    private static final List<String> TOOLS = List.of(
            "find_similar",
            "query_logs",
            "query_bugs",
            "get_ancestry",
            "performance",
            "known_fixes",
            "trace_event",
            "store_artifact");

    /** How a client reaches the tools. */
    enum Way {
        STDIO,
        HTTP
    }

    @TempDir
    private static Path folder = Path.of("");

    private static LocalStack stack;
    private static String key = "";
    private static String readingKey = "";

    @BeforeAll
    static void start() throws IOException {
        KeyFile keys = new KeyFile(folder.resolve("keys.json"), Clock.systemUTC());
        key = keys.create(new KeyFile.Wish("agent", Set.of(Scope.QUERY, Scope.EMIT), null, null, null))
                .text();
        readingKey = keys.create(new KeyFile.Wish("reader", Set.of(Scope.QUERY), null, null, null))
                .text();
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                "{rag: {embedding: {provider: hash}}, query: {auth: {required: true, keys_file: '" + keys.path()
                        + "'}}}");
        stack = LocalStack.start(StackOptions.in(folder.resolve("state"), DiseConfig.load(config, Map.of()))
                .withoutDurability());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @EnumSource
    void aClientIsToldWhatThereIs(Way way) {
        try (McpSyncClient client = client(way, key)) {
            var welcome = client.initialize();
            assertThat(welcome.serverInfo().name()).isEqualTo("dise");
            assertThat(welcome.instructions()).contains("find_similar");
            List<Tool> tools = client.listTools().tools();
            assertThat(tools).extracting(Tool::name).containsExactlyInAnyOrderElementsOf(TOOLS);
            assertThat(tools).allSatisfy(tool -> {
                assertThat(tool.description()).contains("Example: {").hasSizeGreaterThan(100);
                assertThat(tool.inputSchema())
                        .containsEntry("type", "object")
                        .containsEntry("additionalProperties", false);
            });
            assertThat(client.listResources().resources()).hasSizeGreaterThan(15);
            var schema = client.readResource(ReadResourceRequest.builder("dise://schemas/code_fix")
                            .build())
                    .contents();
            assertThat(((TextResourceContents) schema.getFirst()).text()).contains("artifact_id");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStoredIsFoundAgainByEachTool(Way way) {
        String name = way.name().toLowerCase(Locale.ROOT);
        try (McpSyncClient client = client(way, key)) {
            client.initialize();
            String tool = "mender-" + name;
            JsonNode stored = store(
                    client,
                    "code_fix",
                    Map.of(
                            "artifact_id", "fix-" + name,
                            "name", "Check for None " + name,
                            "content", "if row is None: return " + "x".repeat(5_000),
                            "tool_id", tool));
            store(client, "log", Map.of("tool_id", tool, "log_level", "error", "message", "row is None"));
            store(client, "log", Map.of("tool_id", tool, "log_level", "info", "message", "all is well"));
            store(
                    client,
                    "bug_report",
                    Map.of("bug_id", "bug-" + name, "tool_id", tool, "severity", "HIGH", "message", "m"));
            store(
                    client,
                    "ancestry",
                    Map.of("parent_tool_id", "p", "child_tool_id", tool, "relationship_type", "fixed_by"));
            store(client, "perf_data", Map.of("tool_id", tool, "metric_name", "latency_ms", "metric_value", 12.5));

            found(
                    client,
                    "find_similar",
                    Map.of("query", "Check for None", "type", List.of("code_fix"), "tool_id", tool),
                    "fix-" + name);
            JsonNode errors =
                    found(client, "query_logs", Map.of("tool_id", tool, "log_level", List.of("error")), "row is None");
            assertThat(errors.path("items")).hasSize(1);
            assertThat(errors.path("items").path(0).propertyNames())
                    .doesNotContain("source_offset")
                    .contains("event_id");
            found(client, "query_bugs", Map.of("tool_id", tool, "resolved", false), "bug-" + name);
            found(client, "get_ancestry", Map.of("tool_id", tool, "direction", "parents"), "fixed_by");
            found(client, "performance", Map.of("tool_id", tool, "bucket", "1h"), "latency_ms");
            JsonNode trace = found(
                    client,
                    "trace_event",
                    Map.of("event_id", stored.path("event_id").asString("")),
                    "dise.rag");
            assertThat(trace.path("found").asBoolean(false)).isTrue();

            CallToolResult hits =
                    call(client, "find_similar", Map.of("query", "None", "tool_id", tool, "max_text", 100));
            assertThat(text(hits)).contains("1 artifacts").contains("[cut: ").hasSizeLessThan(3_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongIsAnAnswerThatSaysWhatToDo(Way way) {
        try (McpSyncClient client = client(way, key)) {
            client.initialize();
            refused(client, "find_similar", Map.of(), "query");
            refused(client, "find_similar", Map.of("query", "x", "limit", 1_000), "limit");
            refused(client, "query_logs", Map.of("log_level", List.of("loud")), "log_level");
            refused(client, "query_logs", Map.of("since", "yesterday"), "since");
            refused(client, "query_logs", Map.of("toolid", "t"), "toolid");
            refused(client, "known_fixes", Map.of("bug", "b", "text", "t"), "exactly one of");
            refused(client, "known_fixes", Map.of("bug", "no-such-bug"), "there is no such bug");
            refused(client, "store_artifact", Map.of("type", "code_fix", "data", Map.of("name", "n")), "artifact_id");
            refused(client, "store_artifact", Map.of("type", "deletion", "data", Map.of("target_id", "n")), "type");
            assertThatExceptionOfType(McpError.class).isThrownBy(() -> call(client, "drop_everything", Map.of()));
            assertThat(call(client, "query_logs", Map.of("tool_id", "nobody")).isError())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOpensToAnAgentWhatItsScopesName(Way way) {
        try (McpSyncClient client = client(way, readingKey)) {
            client.initialize();
            assertThat(call(client, "query_logs", Map.of()).isError()).isFalse();
            refused(
                    client,
                    "store_artifact",
                    Map.of("type", "log", "data", Map.of("tool_id", "t", "log_level", "info", "message", "m")),
                    "scope emit");
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyCallsAtOnceAreAllAnswered(Way way) {
        try (McpSyncClient client = client(way, key)) {
            client.initialize();
            List<Future<CallToolResult>> answers = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 20; i++) {
                    Map<String, Object> arguments = Map.of("tool_id", "t" + i, "limit", 1);
                    answers.add(callers.submit(() -> call(client, "query_logs", arguments)));
                }
            }
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.get().isError()).isFalse());
        }
    }

    @Test
    void withoutAKeyNobodyIsServed() throws Exception {
        assertThat(post("{}", "X-Nothing", "x").statusCode()).isEqualTo(401);
        try (McpSyncClient client = client(Way.STDIO, "")) {
            client.initialize();
            refused(client, "query_logs", Map.of(), "key");
        }
    }

    @Test
    void whatIsNoMessageOfTheProtocolIsRefusedAndChangesNothing() throws Exception {
        String bearer = "Bearer " + key;
        for (String body :
                List.of("", "[]", "{}", "{\"jsonrpc\":\"2.0\",\"id\":1}", "x".repeat(3_000_000), "[".repeat(100_000))) {
            assertThat(post(body, "Authorization", bearer).statusCode()).isBetween(400, 499);
        }
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
        assertThat(post(list, "Authorization", bearer, "MCP-Protocol-Version", "1999-01-01")
                        .statusCode())
                .isEqualTo(400);
        String bare = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"query_logs\"}}";
        assertThat(Json.mapper()
                        .readTree(post(bare, "Authorization", bearer).body())
                        .at("/result/isError")
                        .asBoolean(true))
                .isFalse();
        HttpResponse<String> answer = post(list, "Authorization", bearer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.mapper().readTree(answer.body()).at("/result/tools")).hasSize(TOOLS.size());
        for (String method : List.of("GET", "DELETE")) {
            assertThat(send(HttpRequest.newBuilder(stack.queryAddress().resolve("/mcp"))
                                    .method(method, BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void aChildEndsWithItsInputAndHasPrintedNothingButTheProtocol() throws Exception {
        Process child = new ProcessBuilder(
                        Stream.concat(Stream.of(java()), arguments().stream()).toList())
                .redirectError(folder.resolve("mcp.log").toFile())
                .start();
        try (var in = child.getOutputStream()) {
            in.write(
                    ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n")
                            .getBytes(StandardCharsets.UTF_8));
            in.flush();
            String first = child.inputReader().readLine();
            assertThat(Json.mapper()
                            .readTree(first)
                            .at("/result/serverInfo/name")
                            .asString(""))
                    .isEqualTo("dise");
        }
        assertThat(child.inputReader().readLine()).isNull();
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    private static McpSyncClient client(Way way, String apiKey) {
        return McpClient.sync(way == Way.HTTP ? http(apiKey) : stdio(apiKey))
                .requestTimeout(Duration.ofSeconds(30))
                .initializationTimeout(Duration.ofSeconds(30))
                .build();
    }

    private static McpClientTransport http(String apiKey) {
        return HttpClientStreamableHttpTransport.builder(stack.queryAddress().toString())
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + apiKey))
                .build();
    }

    private static McpClientTransport stdio(String apiKey) {
        ServerParameters child = ServerParameters.builder(java())
                .args(arguments())
                .addEnvVar("DISE_API_KEY", apiKey)
                .build();
        return new StdioClientTransport(child, McpJsonDefaults.getMapper());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> arguments() {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dise.cli.Main",
                "mcp",
                "--query-url",
                stack.queryAddress().toString());
    }

    private static HttpResponse<String> post(String body, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(stack.queryAddress().resolve("/mcp"))
                .headers(headers)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
