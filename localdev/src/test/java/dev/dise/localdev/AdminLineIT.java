package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Log;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is done to the line as a whole, over HTTP, where this machine needs no key. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminLineIT {
    private static final String GENERATIONS = "/v1/admin/generations";
    private static final int LOGS = 20;

    @TempDir
    private static Path folder = Path.of("");

    private static LocalStack stack;
    private static LineProbe line;
    private static Console console;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(TestStacks.in(folder));
        line = new LineProbe(stack.config(), stack.gatewayAddress(), stack.queryAddress());
        console = new Console(stack.queryAddress(), null);
        for (int i = 0; i < LOGS; i++) {
            line.put(Log.of("t", LogLevel.INFO, "line " + i));
        }
        line.put(OneOfEach.of(EventType.EVALUATION, "e"));
        line.put(Artifact.of(EventType.TOOL, "speak", "Speak", "says text aloud"));
        line.awaitDrained();
    }

    @AfterAll
    static void stop() {
        console.close();
        line.close();
        stack.close();
    }

    @Test
    @Order(1)
    void theBooksBalanceAndTheStoresAreAsTheirTopicsSay() {
        JsonNode ledger = console.done("/v1/admin/ledger", "{}");
        assertThat(ledger.path("balanced").asBoolean(false)).isTrue();
        assertThat(ledger.path("difference").asInt(-1)).isZero();
        assertThat(ledger.path("lines")).hasSize(3);
        assertThat(ledger.path("lines").path(0).propertyNames())
                .contains(
                        "type",
                        "accepted",
                        "stored",
                        "superseded",
                        "repeated",
                        "dead_lettered",
                        "in_flight",
                        "discarded",
                        "forgotten",
                        "difference");
        assertThat(ledger.at("/total/accepted").asInt(0)).isEqualTo(LOGS + 2);
        JsonNode verified = console.done("/v1/admin/verify", "{\"since\":\"1h\",\"repair\":true,\"limit\":10}");
        assertThat(verified.path("good").asBoolean(false)).isTrue();
        assertThat(verified.path("found").asInt(-1)).isZero();
        refused("/v1/admin/ledger", "{\"by\":\"week\"}", "type, minute");
        refused("/v1/admin/verify", "{\"store\":\"kafka\"}", "postgres or qdrant");
    }

    @Test
    @Order(2)
    void aStoreIsRebuiltSwitchedBackAndForthAndDropped() {
        JsonNode rebuilt = console.done(GENERATIONS + "/postgres/rebuild", "{\"share\":0.9}");
        assertThat(rebuilt.at("/report/generation/state").asString("")).isEqualTo("live");
        assertThat(console.get(200, GENERATIONS)
                        .path("items")
                        .valueStream()
                        .map(one -> one.path("store").asString("") + " "
                                + one.path("number").asInt(0) + " "
                                + one.path("state").asString("")))
                .containsExactly("postgres 1 following", "postgres 2 live", "qdrant 1 live");
        assertThat(console.post(200, GENERATIONS + "/postgres/rollback", "{}")
                        .path("held_up_millis")
                        .isNumber())
                .isTrue();
        console.post(200, GENERATIONS + "/postgres/switch", "{\"number\":2}");
        assertThat(console.post(409, GENERATIONS + "/postgres/drop", "{\"number\":2}")
                        .path("detail")
                        .asString(""))
                .contains("generation 2 is live");
        console.post(200, GENERATIONS + "/postgres/drop", "{\"number\":1}");
        assertThat(line.rows("/v1/logs", "tool_id", "t")).hasSize(LOGS);
        refused(GENERATIONS + "/postgres/rebuild", "{\"share\":0}", "share must be above 0");
        refused(GENERATIONS + "/postgres/rebuild", "{\"share\":2}", "share must be a number from 0 to 1");
        refused(GENERATIONS + "/postgres/rebuild", "{\"model\":\"hash\"}", "is of qdrant");
        refused(GENERATIONS + "/qdrant/rebuild", "{\"model\":\"gpt\"}", "no provider of models");
        console.post(404, GENERATIONS + "/kafka/rebuild", "{}");
        assertThat(actions())
                .containsSubsequence("drop failed", "switch done", "rollback done", "rebuild done", "repair done");
    }

    @Test
    @Order(3)
    void anotherModelIsPricedAndThenBuilt() {
        JsonNode cost = console.done(GENERATIONS + "/qdrant/rebuild", "{\"model\":\"hash\",\"dry_run\":true}");
        assertThat(cost.at("/cost/events").asInt(0)).isEqualTo(2);
        JsonNode rebuilt = console.done(
                GENERATIONS + "/qdrant/rebuild",
                "{\"model\":\"hash\",\"dimension\":128,\"queries\":[\"say it, aloud\"]}");
        assertThat(rebuilt.at("/report/generation/state").asString("")).isEqualTo("live");
        assertThat(rebuilt.at("/overlap/queries").asInt(0)).isOne();
    }

    @Test
    @Order(4)
    void aSliceIsReplayedAndNewRulesAreTried() {
        JsonNode replayed =
                console.done("/v1/admin/replay", "{\"to\":\"postgres\",\"type\":[\"log\"],\"since\":\"1h\"}");
        assertThat(replayed.path("already_there").asInt(0)).isEqualTo(LOGS);
        refused("/v1/admin/replay", "{\"to\":\"postgres\"}", "all: true");
        String rules = "{\"config\":\"database: {storage_strategy: {hybrid_storage_types: [log]}}\"}";
        JsonNode moved = console.done("/v1/admin/routes/diff", rules);
        assertThat(moved.path("types")
                        .valueStream()
                        .mapToInt(type -> type.path("extra_embeddings").asInt(0))
                        .sum())
                .isEqualTo(LOGS);
        JsonNode applied = console.done(
                "/v1/admin/routes/apply",
                "{\"config\":\"database: {storage_strategy: {hybrid_storage_types: [tool]}}\",\"since\":\"1h\"}");
        assertThat(applied.path("sent").asInt(0)).isOne();
        refused("/v1/admin/routes/diff", "{\"config\":\"database: {storage_strategy: {odd: 1}}\"}", "odd");
        refused("/v1/admin/routes/diff", "{}", "text of the new config");
    }

    @Test
    @Order(5)
    void theLineIsBackedUpIntoAFolderOfThisMachine() {
        Path backup = folder.resolve("backup");
        JsonNode taken = console.done("/v1/admin/backup", "{\"dir\":\"" + backup + "\"}");
        assertThat(taken.at("/records/dise.events").asInt(0)).isEqualTo(LOGS + 2);
        assertThat(backup).isNotEmptyDirectory();
        for (String dir : List.of("backup", "../backup", folder + "/../x", "")) {
            refused("/v1/admin/backup", "{\"dir\":\"" + dir + "\"}", "dir must");
        }
        JsonNode again = console.job("/v1/admin/backup", "{\"dir\":\"" + backup + "\"}");
        assertThat(again.path("state").asString("")).isEqualTo("failed");
        assertThat(again.path("problem").asString("")).isNotEmpty();
    }

    @Test
    @Order(6)
    void aSubjectIsForgottenByWhoSaysItTwice() {
        refused("/v1/admin/forget", "{\"subject\":\"t\",\"confirm\":\"T\"}", "confirm must be the subject again");
        JsonNode planned = console.done("/v1/admin/forget", "{\"subject\":\"t\",\"dry_run\":true}");
        assertThat(planned.path("dry_run").asBoolean(false)).isTrue();
        assertThat(line.rows("/v1/logs", "tool_id", "t")).hasSize(LOGS);
        JsonNode forgotten = console.done("/v1/admin/forget", "{\"subject\":\"t\",\"confirm\":\"t\"}");
        assertThat(forgotten.path("complete").asBoolean(false)).isTrue();
        assertThat(line.rows("/v1/logs", "tool_id", "t")).isEmpty();
        assertThat(actions()).containsSubsequence("forget done", "backup done", "route-apply done", "replay done");
    }

    @Test
    @Order(7)
    void anotherSitesPageIsRefused() {
        URI address = stack.queryAddress();
        console.post(403, "/v1/admin/ledger", "{}", "Origin", "http://attacker.example");
        console.post(202, "/v1/admin/ledger", "{}", "Origin", "http://" + address.getAuthority());
    }

    private static List<String> actions() {
        JsonNode items = console.get(200, "/v1/admin/audit?since=1h&limit=50").path("items");
        assertThat(items.valueStream())
                .allMatch(entry -> entry.path("by").asString("").equals("anonymous"));
        return items.valueStream()
                .map(entry -> entry.path("action").asString("") + " "
                        + entry.path("outcome").asString(""))
                .toList();
    }

    private static void refused(String path, String body, String why) {
        assertThat(console.post(400, path, body).path("detail").asString("")).contains(why);
    }
}
