package dev.dise.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.dise.gateway.GatewayClient.Answer;
import dev.dise.ingest.Receipt;
import dev.dise.runtime.Health;
import dev.dise.runtime.config.AuthConfig;
import dev.dise.runtime.config.GatewayLimits;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.Scope;
import dev.dise.schemas.DataReader;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document against the running server, in both directions. */
class DocumentIT {
    private static final String JSON = "application/json";
    private static final String LOG = "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"m\"}";

    @TempDir
    static Path directory;

    private static String emit = "";
    private static String query = "";
    private static String slow = "";
    private static GatewayRig rig;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        KeyFile file = new KeyFile(directory.resolve("keys.json"), Clock.systemUTC());
        emit = key(file, "emit", Scope.EMIT, null);
        query = key(file, "query", Scope.QUERY, null);
        slow = key(file, "slow", Scope.EMIT, 1L);
        GatewayLimits.Times quick =
                new GatewayLimits.Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(60), 1024);
        rig = new GatewayRig(config -> config.with(
                        new AuthConfig(AuthConfig.Required.TRUE, file.path().toString()))
                .with(GatewayLimits.defaults().with(quick)));
        document = rig.client.call("GET", "/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void everyRouteIsInTheDocumentAndNothingElse() {
        Set<String> routes = rig.gateway.routes().stream()
                .map(route -> route.method().text() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        document.get("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(documented).isEqualTo(routes);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void theExampleOfATypeFitsItsSchemaAndIsAccepted(EventType type) throws Exception {
        JsonNode example = operation("/v1/events/{type}", "post")
                .at("/requestBody/content")
                .path(JSON)
                .path("examples")
                .path(type.wireName())
                .path("value");
        ObjectNode unused = new DataReader().read(type, Json.encode(example));
        assertFits("#/components/schemas/" + type.wireName(), example);
        Answer answer = post("/v1/events/" + type.wireName(), JSON, example.toString());
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        ObjectNode embedded = document.at("/components/schemas")
                .path(type.wireName())
                .deepCopy()
                .asObject();
        assertThat((JsonNode) embedded)
                .isEqualTo(((ObjectNode) Json.parse(DataReader.schemaOf(type))).remove(List.of("$schema", "$id")));
    }

    @Test
    void theExamplesOfEveryFormAreAccepted() throws Exception {
        JsonNode content = operation("/v1/events", "post").at("/requestBody/content");
        for (String mediaType : content.propertyNames()) {
            JsonNode form = content.get(mediaType);
            for (JsonNode example : form.get("examples")) {
                JsonNode value = example.get("value");
                assertFits(form.get("schema"), value);
                Answer answer =
                        post("/v1/events", mediaType, value.isString() ? value.stringValue() : value.toString());
                assertThat(answer.status())
                        .as(mediaType + answer.response().body())
                        .isEqualTo(202);
                assertThat(answer.json().get("items"))
                        .isNotEmpty()
                        .allSatisfy(item ->
                                assertThat(item.get("status").stringValue()).isEqualTo("accepted"));
            }
        }
    }

    @Test
    void everyStatusOfTheDocumentIsAnsweredAsItSays() throws Exception {
        Set<String> provoked = new TreeSet<>();
        for (Seen seen : seen()) {
            assertIsAsDocumented(seen);
            provoked.add(seen.operation() + " " + seen.status());
        }
        Set<String> documented = new TreeSet<>();
        document.get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, described) -> described
                        .get("responses")
                        .propertyNames()
                        .forEach(status -> documented.add(method + " " + path + " " + status))));
        assertThat(documented).isEqualTo(provoked);
    }

    /** Answers of every status. */
    private static List<Seen> seen() throws Exception {
        List<Seen> all = new ArrayList<>();
        seenOfPosts(all, "post /v1/events/{type}", "/v1/events/log", LOG);
        seenOfPosts(all, "post /v1/events", "/v1/events", "{\"type\":\"log\",\"data\":" + LOG + "}");
        seenOfLogs(
                all,
                "post /loki/api/v1/push",
                "/loki/api/v1/push",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"m\"]]}]}");
        seenOfLogs(
                all,
                "post /v1/logs",
                "/v1/logs",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\"}]}]}]}");
        String both = "[{},{\"type\":\"log\",\"data\":" + LOG + "}]";
        all.add(Seen.of("post /v1/events", post("/v1/events", JSON, LOG, "ce-type", "dise.log.v1")));
        all.add(Seen.of("post /v1/events", post("/v1/events", JSON, both)));
        for (Route route : rig.gateway.routes()) {
            if (route.method().text().equals("GET")) {
                String path = route.path();
                all.add(Seen.of("get " + path, rig.client.call("GET", path.replace("{type}", "log"))));
            }
        }
        all.add(Seen.of("get /v1/schemas/{type}", rig.client.call("GET", "/v1/schemas/poem")));
        rig.health.report("test", Health.State.FAILED, "for a test");
        all.add(Seen.of("get /health/live", rig.client.call("GET", "/health/live")));
        all.add(Seen.of("get /health/ready", rig.client.call("GET", "/health/ready")));
        all.add(Seen.of("get /ready", rig.client.call("GET", "/ready")));
        rig.health.report("test", Health.State.UP, "after a test");
        return all;
    }

    private static void seenOfPosts(List<Seen> all, String operation, String path, String body) throws Exception {
        all.add(Seen.of(operation, post(path, JSON, body)));
        all.add(Seen.of(operation, post(path, JSON, "{")));
        all.add(Seen.of(operation, post(path, JSON, "{\"tool_id\":1}")));
        all.add(Seen.of(operation, rig.client.post(path, JSON, body)));
        all.add(Seen.of(operation, rig.client.post(path, JSON, body, "X-API-Key", query)));
        all.add(Seen.of(operation, rig.client.post(path, JSON, new byte[9 << 20], "X-API-Key", emit)));
        all.add(Seen.of(operation, post(path, "text/plain", body)));
        all.add(Seen.of(operation, post(path, JSON, LOG, "ce-type", "dise.log.v1", "ce-time", "now")));
        rig.outlet.answer(ScriptedOutlet::inSpool);
        all.add(Seen.of(operation, post(path, JSON, body)));
        seenOfOverload(all, operation, path, body);
    }

    private static void seenOfLogs(List<Seen> all, String operation, String path, String body) throws Exception {
        all.add(Seen.of(operation, post(path, JSON, body)));
        all.add(Seen.of(operation, post(path, JSON, "{")));
        all.add(Seen.of(operation, rig.client.post(path, JSON, body)));
        all.add(Seen.of(operation, rig.client.post(path, JSON, body, "X-API-Key", query)));
        all.add(Seen.of(operation, rig.client.post(path, JSON, new byte[9 << 20], "X-API-Key", emit)));
        all.add(Seen.of(operation, post(path, "text/plain", body)));
        seenOfOverload(all, operation, path, body);
    }

    /** What says to come again, and what came too slowly. */
    private static void seenOfOverload(List<Seen> all, String operation, String path, String body) throws Exception {
        rig.outlet.answer(event -> new CompletableFuture<Receipt>());
        all.add(Seen.of(operation, post(path, JSON, body)));
        rig.outlet.answer(ScriptedOutlet::inKafka);
        Answer last = rig.client.post(path, JSON, body, "X-API-Key", slow);
        for (int i = 0; i < 5 && last.status() != 429; i++) {
            last = rig.client.post(path, JSON, body, "X-API-Key", slow);
        }
        all.add(Seen.of(operation, last));
        try (RawClient raw = rig.raw()) {
            String head = RawClient.head(path, JSON, 10).replace("\r\n\r\n", "\r\nX-API-Key: " + emit + "\r\n\r\n");
            all.add(Seen.of(operation, raw.send(head).answer()));
        }
    }

    /**
     * An answer.
     *
     * @param operation method and path as the document has them
     */
    private record Seen(String operation, int status, String mediaType, String body, UnaryOperator<String> headers) {
        static Seen of(String operation, Answer answer) {
            String mediaType = answer.header("Content-Type").split(";", 2)[0];
            return new Seen(
                    operation, answer.status(), mediaType, answer.response().body(), answer::header);
        }

        static Seen of(String operation, RawClient.Answer answer) {
            String body = answer.text().split("\r\n\r\n", 2)[1];
            String mediaType = answer.text().replaceAll("(?is).*?content-type: *([^;\r\n]+).*", "$1");
            return new Seen(operation, answer.status(), mediaType, body, header -> header);
        }
    }

    private static void assertIsAsDocumented(Seen seen) {
        String[] named = seen.operation().split(" ", 2);
        JsonNode response = operation(named[1], named[0]).at("/responses").path(Integer.toString(seen.status()));
        assertThat(response.isMissingNode())
                .as("the document says nothing of %s", seen)
                .isFalse();
        JsonNode resolved = response.has("$ref")
                ? document.at(response.get("$ref").stringValue().substring(1))
                : response;
        if (seen.status() == 204) {
            return;
        }
        JsonNode content = resolved.path("content").path(seen.mediaType());
        assertThat(content.isMissingNode()).as("the media type of %s", seen).isFalse();
        if (seen.mediaType().endsWith("json")) {
            assertFits(content.get("schema"), Json.parse(seen.body().getBytes(UTF_8)));
        }
        resolved.path("headers")
                .propertyNames()
                .forEach(header ->
                        assertThat(seen.headers().apply(header)).as(header).isNotEmpty());
    }

    private static JsonNode operation(String path, String method) {
        return document.get("paths").path(path).path(method);
    }

    private static void assertFits(String ref, JsonNode value) {
        assertFits(Json.mapper().createObjectNode().put("$ref", ref), value);
    }

    private static void assertFits(JsonNode schemaInDocument, JsonNode value) {
        ObjectNode whole = schemaInDocument.deepCopy().asObject();
        whole.set("components", document.get("components"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
        List<Error> errors = schema.validate(value);
        assertThat(errors).as(value.toString()).isEmpty();
    }

    private static Answer post(String path, String mediaType, String body, String... headers) throws Exception {
        String[] all =
                Stream.concat(Stream.of("X-API-Key", emit), Stream.of(headers)).toArray(String[]::new);
        return rig.client.post(path, mediaType, body, all);
    }

    private static String key(KeyFile file, String name, Scope scope, @Nullable Long events) {
        return file.create(new KeyFile.Wish(name, Set.of(scope), null, events, null))
                .text();
    }
}
