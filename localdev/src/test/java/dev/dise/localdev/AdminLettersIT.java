package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.query.client.QueryClient;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.Scope;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Dead letters, traces and the audit over HTTP, where keys are needed. */
class AdminLettersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LETTERS = "/v1/admin/dead-letters";

    private static LocalStack stack;
    private static RawRecords records;
    private static LineProbe line;
    private static Console operator;
    private static Console asker;
    private static Console stranger;

    @BeforeAll
    static void start(@TempDir Path folder) {
        KeyFile keys = new KeyFile(folder.resolve("keys.json"), Clock.systemUTC());
        String ops = keys.create(new KeyFile.Wish("ops", Set.of(Scope.ADMIN, Scope.QUERY), null, null, null))
                .text();
        String asks = keys.create(new KeyFile.Wish("grafana", Set.of(Scope.QUERY), null, null, null))
                .text();
        stack = LocalStack.start(
                TestStacks.in(folder, "query: {auth: {required: true, keys_file: '" + keys.path() + "'}}\n"));
        records = new RawRecords(stack.config().kafka());
        line = new LineProbe(stack.config(), stack.gatewayAddress(), stack.queryAddress());
        operator = new Console(stack.queryAddress(), ops);
        asker = new Console(stack.queryAddress(), asks);
        stranger = new Console(stack.queryAddress(), null);
    }

    @AfterAll
    static void stop() {
        stranger.close();
        asker.close();
        operator.close();
        line.close();
        records.close();
        stack.close();
    }

    @Test
    void aLetterIsSeenMendedAndStored() {
        String event = EventIds.next();
        plant(Topic.RAG, event, EventType.PLAN, "{\"artifact_id\":\"p\",\"name\":\"n\",\"content\":\"c\",\"odd\":1}");
        String id = awaitLetters("?event_id=" + event).get(0).path("id").asString("");
        JsonNode entry = operator.get(200, LETTERS + "?event_id=" + event + "&limit=1")
                .path("items")
                .path(0);
        assertThat(entry.propertyNames())
                .contains(
                        "id",
                        "source",
                        "stage",
                        "reason",
                        "message",
                        "type",
                        "event_id",
                        "attempts",
                        "state",
                        "at",
                        "fingerprint");
        assertThat(entry.path("message").asString("")).contains("/odd");
        JsonNode group = operator.get(200, LETTERS + "/summary?type=plan&status=open")
                .path("items")
                .path(0);
        assertThat(group.propertyNames())
                .contains(
                        "fingerprint",
                        "stage",
                        "reason",
                        "message",
                        "count",
                        "open",
                        "quarantined",
                        "first_seen",
                        "last_seen",
                        "sample");

        JsonNode letter = operator.get(200, LETTERS + "/" + QueryClient.segment(id));
        assertThat(letter.path("payload").asString("")).contains("\"odd\":1");
        assertThat(letter.path("error").asString("")).contains("/odd");
        assertThat(letter.path("schema").path("properties").has("content")).isTrue();
        assertThat(letter.path("headers").isEmpty()).isFalse();

        String order = "{\"ids\":[\"" + id + "\"],";
        assertThat(operator.post(200, LETTERS + "/redrive", order + "\"dry_run\":true}")
                        .at("/outcomes/would_send")
                        .asInt(0))
                .isOne();
        assertThat(operator.post(400, LETTERS + "/redrive", order + "\"edit\":{\"artifact_id\":\"p\"}}")
                        .path("detail")
                        .asString(""))
                .contains("/content");
        operator.post(
                200,
                LETTERS + "/redrive",
                order + "\"edit\":{\"artifact_id\":\"p\",\"name\":\"n\",\"content\":\"mended\"}}");
        await().atMost(PATIENCE).until(() -> trace(event).path("points").size() == 1);
        assertThat(asker.get(200, "/v1/points/plan/p/why").path("id").asString(""))
                .isEqualTo(event);
        JsonNode done = operator.get(200, "/v1/admin/audit?action=redrive&target=" + QueryClient.segment(id))
                .path("items");
        assertThat(done).hasSize(1);
        assertThat(done.path(0).path("by").asString("")).isEqualTo("ops");
        assertThat(operator.get(200, LETTERS + "/" + QueryClient.segment(id)).path("history"))
                .hasSize(1);
    }

    @Test
    void lettersOfOneCauseAreSentAgainByAJobAndGivenUp() {
        plant(Topic.BULK, EventIds.next(), EventType.LOG, "no json");
        plant(Topic.BULK, EventIds.next(), EventType.LOG, "no json either");
        awaitLetters("?type=log", 2);
        JsonNode report = operator.done(LETTERS + "/redrive", "{\"type\":\"log\",\"rate\":1000}");
        assertThat(report.at("/outcomes/sent").asInt(0)).isEqualTo(2);
        awaitLetters("?type=log&status=open", 2);
        assertThat(operator.post(400, LETTERS + "/discard", "{\"type\":\"log\"}")
                        .path("detail")
                        .asString(""))
                .contains("why");
        assertThat(operator.post(200, LETTERS + "/discard", "{\"type\":\"log\",\"why\":\"a stranger's\"}")
                        .path("discarded")
                        .asInt(0))
                .isEqualTo(2);
        assertThat(operator.get(200, LETTERS + "?type=log&status=discarded").path("items"))
                .hasSize(2);
    }

    @Test
    void anEventIsFollowed() {
        String id = line.put(OneOfEach.of(EventType.EVALUATION, "e"));
        await().atMost(PATIENCE)
                .until(() -> trace(id).path("points").size() == 1
                        && trace(id).path("rows").size() == 1);
        JsonNode trace = asker.get(200, "/v1/events/" + id + "/trace?type=evaluation&since=1h&raw=true");
        assertThat(trace.path("sightings").valueStream()).allMatch(seen -> seen.has("record"));
        assertThat(trace.path("latencies").isEmpty()).isFalse();
        assertThat(trace(EventIds.next()).path("found").asBoolean(true)).isFalse();
        String point = trace.path("points").path(0).path("id").asString("");
        assertThat(asker.get(200, "/v1/points/" + point + "/why").path("id").asString(""))
                .isEqualTo(id);
        asker.get(404, "/v1/points/tool/nobody/why");
        assertThat(asker.get(400, "/v1/points/nonsense/why").path("detail").asString(""))
                .contains("tool/parse_json");
        asker.get(400, "/v1/events/" + id + "/trace?sinse=1h");
    }

    @Test
    void onlyOperatorsMayDoAnythingAndWrongFieldsAreNamed() {
        for (String path : new String[] {LETTERS, LETTERS + "/summary", "/v1/admin/audit", "/v1/admin/generations"}) {
            asker.get(403, path);
            stranger.get(401, path);
        }
        for (String path : new String[] {
            LETTERS + "/redrive",
            LETTERS + "/discard",
            "/v1/admin/generations/postgres/rebuild",
            "/v1/admin/generations/postgres/switch",
            "/v1/admin/generations/postgres/rollback",
            "/v1/admin/generations/postgres/drop",
            "/v1/admin/verify",
            "/v1/admin/ledger",
            "/v1/admin/replay",
            "/v1/admin/routes/diff",
            "/v1/admin/routes/apply",
            "/v1/admin/forget",
            "/v1/admin/backup"
        }) {
            asker.post(403, path, "{}");
            stranger.post(401, path, "{}");
            assertThat(operator.post(400, path, "{\"surprise\":1}")
                            .path("detail")
                            .asString(""))
                    .contains("'surprise' is not a field here");
        }
        stranger.get(401, "/v1/events/" + EventIds.next() + "/trace");
        assertThat(operator.post(400, LETTERS + "/redrive", "{}").path("detail").asString(""))
                .contains("all");
        operator.get(400, LETTERS + "?status=odd");
        operator.get(400, LETTERS + "/nonsense");
        operator.get(404, LETTERS + "/" + QueryClient.segment("dise.bulk-0@999999#1"));
    }

    private static JsonNode trace(String id) {
        return asker.get(200, "/v1/events/" + id + "/trace");
    }

    private static JsonNode awaitLetters(String query) {
        return awaitLetters(query, 1);
    }

    private static JsonNode awaitLetters(String query, int count) {
        await().atMost(PATIENCE)
                .until(() -> operator.get(200, LETTERS + query).path("items").size() == count);
        return operator.get(200, LETTERS + query).path("items");
    }

    /** Past every check, as a stranger with access to Kafka could. */
    private static void plant(Topic topic, String id, EventType type, @Nullable String data) {
        RawRecords.Planted unused = records.write(
                topic,
                "p",
                data == null ? null : RawRecords.bytes(data),
                Map.of(
                        "ce_id", id,
                        "ce_type", type.ceType(),
                        "ce_source", "urn:dise:test",
                        "ce_subject", "p",
                        "ce_time", "2026-01-31T08:15:00.000001Z"));
    }
}
