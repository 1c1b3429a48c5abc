package dev.dise.query;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dise.embedding.WordVector;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The points of Qdrant over real HTTP. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class ArtifactsIT {
    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stack = QueryStack.start(folder);
        // Before the first artifact there is no collection.
        assertThat(stack.json("/v1/artifacts/similar?text=sort").get("count").intValue())
                .isZero();
        assertThat(stack.json("/v1/artifacts/count").get("count").intValue()).isZero();
        assertThat(stack.raw("/v1/artifacts/plan/p1").statusCode()).isEqualTo(404);
        fill(stack);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void theNearestComeFirstWithAllThatIsKnownOfThem() throws Exception {
        JsonNode answer = stack.json("/v1/artifacts/similar?text=how%20to%20sort");
        assertThat(ids(answer)).startsWith("sorter", "both");
        JsonNode hit = answer.get("items").get(0);
        JsonNode why = hit.get("why");
        assertThat(why.get("meaning").doubleValue()).isGreaterThan(0.99);
        assertThat(why.get("whole").doubleValue()).isGreaterThan(0.99);
        assertThat(why.get("words").doubleValue()).isPositive();
        assertThat(hit.get("score").doubleValue())
                .isCloseTo((1.5 + why.get("words_share").doubleValue()) / 2.5, within(0.01));
        assertThat(hit.get("fit").stringValue()).isEqualTo("likely");
        assertThat(hit.get("artifact_type").stringValue()).isEqualTo("function");
        assertThat(hit.get("tags").toString()).isEqualTo("[\"fast\",\"code\"]");
        assertThat(hit.get("metadata").toString()).isEqualTo("{\"runs\":3}");
        assertThat(hit.get("quality_score").doubleValue()).isEqualTo(0.5);
        assertThat(hit.get("source_offset").intValue()).isEqualTo(7);
        assertThat(hit.get("tool_id").isNull()).isTrue();
        assertThat(hit.get("embedding_model").stringValue()).isEqualTo("axis");
    }

    @Test
    void anExactCodeFindsTheChunkThatHasItAndSaysWhichItIs() throws Exception {
        JsonNode answer = stack.json("/v1/artifacts/similar?text=parse%20e4711");
        JsonNode hit = answer.get("items").get(0);
        assertThat(hit.get("artifact_id").stringValue()).isEqualTo("other");
        assertThat(hit.get("content").stringValue()).isEqualTo("cook");
        JsonNode why = hit.get("why");
        assertThat(why.get("chunk_text").stringValue()).isEqualTo("parse E4711");
        assertThat(why.get("chunk_index").intValue()).isEqualTo(1);
        assertThat(why.get("chunk_start").intValue()).isEqualTo(100);
        assertThat(ids(answer)).doesNotHaveDuplicates().doesNotContain("deleted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=plan | both",
                "type=plan,function | sorter both",
                "type=plan&type=pattern | both other",
                "tags=slow | both",
                "tags=slow,fast | sorter both",
                "min_score=0.6 | sorter",
                "limit=1 | sorter",
                "tool_id=both-maker | both",
                "min_quality=0.6 | both",
                "since=2026-01-31T12:00:00Z | both other",
                "until=2026-01-31T12:00:00Z | sorter",
                "since=2026-01-31T12:00:00Z&until=2026-02-01T00:00:00Z&min_quality=0.6 | both",
                "type=function&tags=slow | ''"
            })
    void filtersNarrow(String parameters, String expected) throws Exception {
        JsonNode answer = stack.json("/v1/artifacts/similar?text=sort&" + parameters);
        assertThat(String.join(" ", ids(answer))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?text=",
                "?text=a&type=poem",
                "?text=a&min_score=2",
                "?text=a&min_score=NaN",
                "?text=a&min_quality=good",
                "?text=a&since=yesterday",
                "?text=a&limit=101",
                "?text=a&kind=plan"
            })
    void aWrongQuestionIsExplained(String query) throws Exception {
        assertThat(stack.raw("/v1/artifacts/similar" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void aTextMayBeAsLongAsAFunction() throws Exception {
        assertThat(stack.json("/v1/artifacts/similar?text=" + "%E4%BD%A0".repeat(8_000))
                        .get("count")
                        .intValue())
                .isEqualTo(3);
        assertThat(stack.raw("/v1/artifacts/similar?text=" + "a".repeat(8_001)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void findsOneByTypeAndId() throws Exception {
        assertThat(stack.json("/v1/artifacts/function/sorter").get("name").stringValue())
                .isEqualTo("the sorter");
        assertThat(stack.json("/v1/artifacts/pattern/other").get("artifact_id").stringValue())
                .isEqualTo("other");
        assertThat(stack.raw("/v1/artifacts/plan/sorter").statusCode()).isEqualTo(404);
        assertThat(stack.raw("/v1/artifacts/plan/").statusCode()).isEqualTo(404);
        assertThat(stack.raw("/v1/artifacts/poem/sorter").statusCode()).isEqualTo(400);
    }

    @Test
    void countsByTypeAndRun() throws Exception {
        JsonNode all = stack.json("/v1/artifacts/count");
        assertThat(all.get("count").intValue()).isEqualTo(3);
        assertThat(all.at("/types/plan").intValue()).isEqualTo(1);
        assertThat(all.at("/types/prompt").intValue()).isZero();
        JsonNode run = stack.client.counts("r1").get("qdrant");
        assertThat(run.get("function").intValue()).isEqualTo(1);
        assertThat(run.get("plan").intValue()).isZero();
    }

    /** A few artifacts. */
    static void fill(QueryStack stack) throws Exception {
        try (QdrantClient client = new QdrantClient(QdrantGrpcClient.newBuilder("127.0.0.1", stack.qdrant.port(), false)
                .build())) {
            client.createCollectionAsync(ArtifactPoints.collection()).get();
            client.createAliasAsync("dise-artifacts", "dise-artifacts-g1").get();
            client.upsertAsync(
                            "dise-artifacts",
                            List.of(
                                    point("function", "sorter", "sort", List.of("fast", "code"), "r1"),
                                    point("plan", "both", "sort and parse", List.of("slow"), "r2"),
                                    point("pattern", "other", "cook", List.of(), "r2"),
                                    deepChunk("other", "parse E4711"),
                                    deleted()))
                    .get();
        }
    }

    private static Vectors vectors(String text) {
        WordVector words = WordVector.ofText(text);
        return VectorsFactory.namedVectors(Map.of(
                "",
                VectorFactory.vector(AxisModel.vectorOf(text)),
                WordVector.NAME,
                VectorFactory.vector(words.values(), words.indices())));
    }

    private static PointStruct point(String type, String artifactId, String text, List<String> tags, String run) {
        Map<String, Value> payload = new HashMap<>();
        payload.put("artifact_id", value(artifactId));
        payload.put("artifact_type", value(type));
        payload.put("name", value("the " + artifactId));
        payload.put("content", value(text));
        payload.put("tags", list(tags.stream().map(tag -> value(tag)).toList()));
        payload.put("quality_score", value(artifactId.equals("both") ? 0.75 : 0.5));
        payload.put("event_time", value(artifactId.equals("sorter") ? "2026-01-30T12:00:00Z" : "2026-01-31T12:00:00Z"));
        if (artifactId.equals("both")) {
            payload.put("tool_id", value("both-maker"));
        }
        payload.put("metadata", value(Map.of("runs", value(3))));
        payload.put("run_id", value(run));
        payload.put("source_offset", value(7));
        payload.put("embedding_model", value("axis"));
        return PointStruct.newBuilder()
                .setId(id(pointId(artifactId)))
                .setVectors(vectors(text))
                .putAllPayload(payload)
                .build();
    }

    /** The second chunk of an artifact: only there stands the error code. */
    private static PointStruct deepChunk(String artifactId, String text) {
        return point("pattern", artifactId, text, List.of(), "r2").toBuilder()
                .setId(id(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))))
                .putPayload("parent_id", value(pointId(artifactId).toString()))
                .putPayload("chunk_index", value(1))
                .putPayload("chunk_count", value(2))
                .putPayload("chunk_start", value(100))
                .putPayload("chunk_end", value(111))
                .build();
    }

    /** The end of an artifact, which is a version too. */
    private static PointStruct deleted() {
        return PointStruct.newBuilder()
                .setId(id(pointId("deleted")))
                .setVectors(VectorsFactory.namedVectors(Map.of()))
                .putPayload("deleted", value(true))
                .putPayload("event_time", value("2026-01-31T12:00:00Z"))
                .build();
    }

    private static UUID pointId(String artifactId) {
        return UUID.nameUUIDFromBytes(artifactId.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> ids(JsonNode answer) {
        Stream<JsonNode> items = answer.get("items").valueStream();
        return items.map(item -> item.get("artifact_id").stringValue()).toList();
    }
}
