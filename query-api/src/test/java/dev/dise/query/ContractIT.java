package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.embedded.EmbeddedKafka;
import dev.dise.query.Described.Call;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.kafka.TopicSetup;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The service does what its description says, on all three servers; and no value of any parameter is more than a value. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class ContractIT {
    /** SQL, paths of JSON, patterns, percent tricks, a NUL, texts that are too long, odd characters. */
    private static final List<String> CORPUS = List.of(
            "'; DROP TABLE dise_g1.tool_logs; --",
            "1' OR '1'='1",
            "\\'; SELECT pg_sleep(20); --",
            "{\"a\": {\"$gt\": \"\"}}",
            "$.a[*] ? (@ == 1)",
            "(a+)+$",
            "%",
            "%25%27%00",
            "a\0b",
            "x".repeat(9_000),
            "\u202e\ud83d\ude00\ufffd\u0000\r\nX: y".replace("\u0000", ""),
            "-1",
            "1e999",
            "9223372036854775808",
            "../../etc/passwd");
    /** Where an answer takes longer, or takes the same way as another. */
    private static final List<String> SOME = List.of("'; DROP TABLE dise_g1.tool_logs; --", "a\0b%25\ud83d\ude00");

    private static final Set<String> SLOWER = Set.of("trace", "why", "admin", "stream", "export");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static EmbeddedKafka kafka;
    private static QueryStack stack;
    private static Described described;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        stack = QueryStack.start(folder, kafka.bootstrapServers());
        TopicSetup.ensure(stack.config.kafka());
        ContractRows.putInto(stack);
        ArtifactsIT.fill(stack);
        described = new Described(stack.json("/openapi.json"));
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        stack.close();
        kafka.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionHasARoute() {
        SeenRoutes routes = new SeenRoutes();
        try (QueryParts parts = new QueryParts(stack.config, new AxisModel(), new Metrics())) {
            Routes all = parts.routes(new Health());
            all.addTo(routes.builder());
            all.addSelf(routes.builder(), new Health(), new Metrics());
        }
        Set<String> calls =
                described.calls().stream().map(Call::toString).collect(Collectors.toCollection(TreeSet::new));
        assertThat(routes.seen())
                .hasSizeGreaterThan(40)
                .allMatch(route -> calls.stream().anyMatch(call -> SeenRoutes.covers(route, call)));
        assertThat(calls).allMatch(call -> routes.seen().stream().anyMatch(route -> SeenRoutes.covers(route, call)));
    }

    @TestFactory
    Stream<DynamicTest> answersAreAsTheyAreDescribed() {
        return described.calls().stream()
                .flatMap(call -> Stream.of(false, true)
                        .map(all -> call.address(all))
                        .distinct()
                        .map(address -> DynamicTest.dynamicTest(
                                call.method() + " " + address, () -> answersAsDescribed(call, address))));
    }

    @Test
    void rowsAreAsTheyAreDescribed() throws Exception {
        for (Resource resource : Resources.ALL) {
            Call call = call("GET " + resource.path());
            Told response = ask(call, resource.path(), null);
            assertThat(Json.mapper().readTree(response.body()).get("items"))
                    .as(call.path())
                    .isNotEmpty();
            requireAsDescribed(call, response);
        }
        requireAsDescribed(
                call("GET /v1/artifacts/{type}/{artifact_id}"),
                ask(call("GET /v1/artifacts/{type}/{artifact_id}"), "/v1/artifacts/plan/both", null));
    }

    /** Where the examples are too narrow, or too recent, to find anything. */
    @ParameterizedTest
    @CsvSource({
        "/v1/performance/aggregates, /v1/performance/aggregates?tool_id=z, items",
        "/v1/failures/groups, /v1/failures/groups?since=3650d, items",
        "/v1/failures/groups, /v1/failures/groups?since=3650d&kind=bug, items",
        "/v1/artifacts/similar, /v1/artifacts/similar?text=sort&facts=true&max_failures=5, items",
        "/v1/known-fixes, /v1/known-fixes?bug=BUG-7, items",
        "/v1/known-fixes, /v1/known-fixes?fingerprint=FINGERPRINT, resolved_before",
        "/v1/tools/ranking, /v1/tools/ranking?since=3650d, items",
        "/v1/tools/ranking, /v1/tools/ranking?since=3650d&by=open_bugs, items",
        "/v1/tools/ranking, /v1/tools/ranking?since=3650d&by=p95_latency_ms, items",
        "/v1/tools/{id}, /v1/tools/parse_json, known_from",
        "/v1/tools/{id}/versions, /v1/tools/parse_json/versions, relatives",
        "/v1/tools/{id}/versions, /v1/tools/parse_json/versions?limit=1, next",
        "/v1/lineage/{tool_id}, /v1/lineage/parse_json?facts_since=3650d, edges"
    })
    void answersWithSomethingInThemAreAsTheyAreDescribed(String path, String address, String part) throws Exception {
        Call call = call("GET " + path);
        JsonNode bug = stack.json("/v1/bugs?bug_id=BUG-7").at("/items/0/fingerprint");
        Told response = ask(call, address.replace("FINGERPRINT", bug.stringValue()), null);
        JsonNode told = Json.mapper().readTree(response.body()).path(part);
        assertThat(told.isString() || !told.isEmpty()).as(response.body()).isTrue();
        requireAsDescribed(call, response);
    }

    @Test
    void argumentsOfAgentsAreValuesToo() throws Exception {
        Call call = call("POST /mcp");
        JsonNode tools = Json.mapper()
                .readTree(ask(call, "/mcp", call.bodyExample()).body())
                .at("/result/tools");
        assertThat(tools).hasSizeGreaterThan(5);
        List<JsonNode> before = dump();
        for (JsonNode tool : tools) {
            for (String name : tool.at("/inputSchema/properties").propertyNames()) {
                for (String value : SOME) {
                    requireHarmless(call, "/mcp", toolCall(tool, name, value));
                }
            }
        }
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void noValueOfAnyParameterDoesAnythingElse() throws Exception {
        List<JsonNode> before = dump();
        for (Call call : described.calls()) {
            boolean slower = Stream.of(call.path().split("/")).anyMatch(SLOWER::contains);
            for (String value : slower ? SOME : CORPUS) {
                for (JsonNode parameter : call.parameters()) {
                    requireHarmless(call, call.address(parameter, value), call.bodyExample());
                }
                for (String field : call.bodyProperties().propertyNames()) {
                    ObjectNode body = (ObjectNode)
                            Objects.requireNonNull(call.bodyExample()).deepCopy();
                    requireHarmless(call, call.address(false), body.put(field, value));
                }
            }
        }
        assertThat(dump()).isEqualTo(before);
    }

    /** A call with all that it needs, so that the value comes further than the door. */
    private static ObjectNode toolCall(JsonNode tool, String name, String value) {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "tools/call");
        ObjectNode params =
                body.putObject("params").put("name", tool.get("name").stringValue());
        ObjectNode arguments = params.putObject("arguments");
        JsonNode schema = tool.get("inputSchema");
        schema.path("required").forEach(needed -> {
            JsonNode wanted = schema.at("/properties/" + needed.stringValue());
            if (wanted.path("type").asString("").equals("object")) {
                arguments.putObject(needed.stringValue());
            } else {
                arguments.put(needed.stringValue(), wanted.at("/enum/0").asString("x"));
            }
        });
        if (schema.at("/properties/" + name).path("type").asString("").equals("array")) {
            arguments.putArray(name).add(value);
        } else {
            arguments.put(name, value);
        }
        return body;
    }

    /** An answer with the body that was read of it. */
    private record Told(HttpResponse<InputStream> response, String body) {
        int statusCode() {
            return response.statusCode();
        }

        HttpHeaders headers() {
            return response.headers();
        }
    }

    private static void answersAsDescribed(Call call, String address) throws Exception {
        Told response = ask(call, address, call.bodyExample());
        requireAsDescribed(call, response);
        if (call.method().equals("GET") && !call.path().contains("{")) {
            assertThat(response.statusCode()).as(response.body()).isIn(call.good(), 409);
        } else {
            assertThat(response.statusCode()).as(response.body()).isIn(call.good(), 202, 404, 409);
        }
    }

    private static void requireAsDescribed(Call call, Told response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        assertThat(described.differences(call, response.statusCode(), type, response.body()))
                .as("%s: %s", call, response.body())
                .isEmpty();
    }

    private static void requireHarmless(Call call, String address, @Nullable JsonNode body) throws Exception {
        Told response = ask(call, address, body);
        assertThat(response.statusCode())
                .as("%s %s: %s", address, body, response.body())
                .isNotIn(500, 502, 504);
        assertThat(response.headers().map()).doesNotContainKey("x");
        assertThat(response.body()).doesNotContainIgnoringCase("exception", "org.postgresql");
        if (!call.path().equals("/v1/sql")) {
            // Elsewhere nobody writes a statement, so nobody has to mend one.
            assertThat(response.body()).doesNotContainIgnoringCase("syntax error");
        }
    }

    private static Told ask(Call call, String address, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stack.address(address)).method(call.method(), BodyPublishers.noBody());
        if (call.method().equals("POST")) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(Json.encode(Objects.requireNonNull(body))));
        }
        HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            // A stream goes on until it is closed.
            boolean stream =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            return new Told(response, stream ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Call call(String text) {
        return described.calls().stream()
                .filter(call -> call.toString().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> dump() throws Exception {
        try (Database database = Database.open(stack.config.database(), new Metrics())) {
            List<JsonNode> dump = new ArrayList<>(database.rows(SqlQuery.of("""
                    SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
                    WHERE table_schema IN ('dise', 'dise_g1', 'public') ORDER BY 1, 2, 3""")));
            dump.addAll(database.rows(SqlQuery.of("SELECT rolname FROM pg_roles ORDER BY 1")));
            for (Resource resource : Resources.ALL) {
                dump.addAll(database.rows(SqlQuery.of("SELECT count(*) FROM " + resource.view())));
            }
            return dump;
        }
    }
}
