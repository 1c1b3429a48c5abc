package dev.dise.query;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What became of events, over real HTTP: whether they are seen yet, and what emitters say they lost. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class VisibilityIT {
    private static final String NOON = "2026-01-31T12:00:00.000000Z";
    private static final String BEFORE = "2026-01-31T11:59:59.999999Z";
    private static final String AFTER = "2026-01-31T12:00:00.000001Z";

    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stack = QueryStack.start(folder);
        stack.sql("SELECT dise_g1.add_partition('tool_logs', DATE '2026-01-31')");
        stack.insert("tool_logs", row("own", "\"tool_id\": \"t\", \"log_level\": \"info\", \"message\": \"m\""));
        stack.insert("tool_ancestry", row("edge", """
                "parent_tool_id": "a", "child_tool_id": "b", "relationship_type": "derived_from\""""));
        stack.insertEntity("tool_bugs", row("report", "\"bug_id\": \"b\", \"severity\": \"low\", \"message\": \"m\""));
        stack.insertEntity("artifacts", row("gone", """
                "artifact_type": "pattern", "artifact_id": "p", "deleted_at": "%s\"""".formatted(NOON)));
        assertThat(isVisible("plan", "whole", "whole", NOON, "qdrant"))
                .as("before there is a collection")
                .isFalse();
        fill();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource({
        "log, t, own, 2026-01-31T12:00:00.000000Z, true",
        "log, t, own, 2026-02-15T00:00:00.000000Z, true",
        "log, t, other, 2026-01-31T12:00:00.000000Z, false",
        "perf_data, t, own, 2026-01-31T12:00:00.000000Z, false",
        "ancestry, b, edge, 2026-01-31T12:00:00.000000Z, true",
        "ancestry, b, own, 2026-01-31T12:00:00.000000Z, false",
        "bug_report, b, report, 2026-01-31T12:00:00.000000Z, true",
        "bug_report, b, earlier, 2026-01-31T11:59:59.999999Z, true",
        "bug_report, b, later, 2026-01-31T12:00:00.000001Z, false",
        "bug_report, b, report, 2026-01-31T12:00:00.000001Z, true",
        "bug_report, nobody, report, 2026-01-31T12:00:00.000000Z, false",
        "generated_tool, b, report, 2026-01-31T12:00:00.000000Z, false",
        "evaluation, b, report, 2026-01-31T12:00:00.000000Z, false"
    })
    void aRowOrAVersionThatIsNoOlder(String type, String subject, String event, String time, boolean expected)
            throws Exception {
        assertThat(isVisible(type, subject, event, time, "postgres")).isEqualTo(expected);
    }

    @Test
    void anIdOfOursIsLookedForOnItsDayAlone() throws Exception {
        long version = 0x7000;
        String id = new UUID(Instant.parse(NOON).toEpochMilli() << 16 | version, Long.MIN_VALUE).toString();
        stack.insert("tool_logs", row(id, "\"tool_id\": \"t\", \"log_level\": \"info\", \"message\": \"m\""));
        assertThat(isVisible("log", "t", id, NOON, "postgres")).isTrue();
        assertThat(isVisible("log", "t", id, BEFORE, "postgres")).isFalse();
        assertThat(isVisible("log", "t", id, "2026-02-01T00:00:00Z", "postgres"))
                .as("an id of another day than the time may be anywhere")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "whole, 2026-01-31T12:00:00.000000Z, true",
        "whole, 2026-01-31T11:59:59.999999Z, true",
        "whole, 2026-01-31T12:00:00.000001Z, false",
        "half, 2026-01-31T12:00:00.000000Z, false",
        "half, 2026-01-31T11:59:59.999999Z, true",
        "deleted, 2026-01-31T12:00:00.000000Z, true",
        "deleted, 2026-01-31T12:00:00.000001Z, false",
        "nobody, 2026-01-31T12:00:00.000000Z, false"
    })
    void allChunksInAVersionThatIsNoOlder(String artifact, String time, boolean expected) throws Exception {
        assertThat(isVisible("plan", artifact, "some", time, "qdrant")).isEqualTo(expected);
    }

    @Test
    void aDeletionIsSeenAsTheVersionOfItsTarget() throws Exception {
        String path = "/v1/events/some/visible?type=deletion&target_type=plan&subject=deleted&store=qdrant&time=";
        assertThat(stack.json(path + NOON).get("visible").booleanValue()).isTrue();
        assertThat(stack.json(path + AFTER).get("visible").booleanValue()).isFalse();
    }

    @Test
    void lossesAreSummedUpByReason() throws Exception {
        report("08", "r1", "{\"dropped\": {\"BUFFER_FULL\": 3, \"CLOSED\": 1}}");
        report("09", "r2", "{\"dropped\": {\"BUFFER_FULL\": 4}}");
        for (String odd :
                List.of("null", "[1]", "{\"dropped\": 7}", "{\"dropped\": {\"A\": \"x\", \"B\": -1, \"C\": null}}")) {
            report("10", "r2", odd);
        }
        JsonNode dropped = stack.client.counts().get("dropped");
        assertThat(dropped).hasToString("""
                [{"reason":"BUFFER_FULL","events":7,"first_time":"2026-02-03T08:00:00.000000Z",\
                "last_time":"2026-02-03T09:00:00.000000Z"},\
                {"reason":"CLOSED","events":1,"first_time":"2026-02-03T08:00:00.000000Z",\
                "last_time":"2026-02-03T08:00:00.000000Z"}]""");
        assertThat(stack.client.status().get("dropped")).isEqualTo(dropped);
        assertThat(stack.client.counts("r2").at("/dropped/0/events").intValue()).isEqualTo(4);
        assertThat(stack.client.counts("r3").get("dropped")).isEmpty();
    }

    private static void report(String hour, String run, String details) throws Exception {
        stack.insert("tool_logs", """
                {"tool_id": "dise.emitter", "log_level": "warning", "message": "events were dropped", "run_id": "%s",
                 "event_time": "2026-02-03T%s:00:00Z", "details": %s}""".formatted(run, hour, details));
    }

    private static boolean isVisible(String type, String subject, String event, String time, String store)
            throws Exception {
        JsonNode answer = stack.json("/v1/events/" + event + "/visible?type=" + type + "&subject=" + subject + "&time="
                + time + "&store=" + store);
        assertThat(answer.path("event_id").asString("")).as("%s", answer).isEqualTo(event);
        assertThat(answer.path("store").asString("")).isEqualTo(store);
        return answer.get("visible").booleanValue();
    }

    private static String row(String event, String more) {
        return "{\"event_id\": \"" + EventIds.asUuid(event) + "\", \"event_time\": \"" + NOON + "\", " + more + "}";
    }

    /** Of the half one the first chunk is new, and the last one still of before. */
    private static void fill() throws Exception {
        try (QdrantClient client = new QdrantClient(QdrantGrpcClient.newBuilder("127.0.0.1", stack.qdrant.port(), false)
                .build())) {
            VectorParams meaning = VectorParams.newBuilder()
                    .setSize(AxisModel.DIMENSIONS)
                    .setDistance(Distance.Cosine)
                    .build();
            client.createCollectionAsync("dise-artifacts-g1", meaning).get();
            client.createAliasAsync("dise-artifacts", "dise-artifacts-g1").get();
            client.upsertAsync(
                            "dise-artifacts",
                            List.of(
                                    point("whole", 0, Map.of("event_time", value(NOON), "chunk_count", value(2))),
                                    point("whole", 1, Map.of("event_time", value(NOON), "chunk_count", value(2))),
                                    point("half", 0, Map.of("event_time", value(NOON), "chunk_count", value(2))),
                                    point("half", 1, Map.of("event_time", value(BEFORE), "chunk_count", value(2))),
                                    point("deleted", 0, Map.of("event_time", value(NOON), "deleted", value(true)))))
                    .get();
        }
    }

    private static PointStruct point(String artifact, int chunk, Map<String, Value> payload) {
        UUID first = PointIds.pointId(EventType.PLAN, artifact);
        return PointStruct.newBuilder()
                .setId(id(PointIds.pointId(first, chunk)))
                .setVectors(VectorsFactory.vectors(AxisModel.vectorOf("sort")))
                .putAllPayload(payload)
                .build();
    }
}
