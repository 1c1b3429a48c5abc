package dev.dise.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiseMemoryImportTest {
    private static final String MARK = "\uFEFF";
    private static final String TOOL =
            "{\"tool_id\":\"t\",\"tool_name\":\"T\",\"tool_type\":\"llm\",\"tool_yaml\":\"%s\",\"path\":\"llm/t.yaml\"}";

    @TempDir
    private Path directory;

    @Test
    void accountsForEveryLine() throws IOException {
        MemoryFixture read = artifacts(
                plan("a", ""),
                "",
                "{broken",
                "[1]",
                "{\"artifact_type\":\"plan\"}",
                typed("a", "poem"),
                "  \r",
                plan("b", ""));
        assertThat(read.summary().linesRead()).isEqualTo(8);
        assertThat(read.summary().imported()).isEqualTo(2);
        assertThat(read.summary().blank()).isEqualTo(2);
        assertThat(read.summary().refusals())
                .isEqualTo(
                        Map.of(Refusal.Reason.NOT_JSON, 2L, Refusal.Reason.NO_ID, 1L, Refusal.Reason.UNKNOWN_TYPE, 1L));
        assertThat(read.lines()).extracting(ImportedLine::number).containsExactly(1L, 3L, 4L, 5L, 6L, 8L);
        assertThat(read.lines().get(4).refusal().orElseThrow().explanation()).contains("poem");
    }

    @Test
    void importingAgainGivesTheSameEvents() throws IOException {
        String[] lines = {plan("a", ""), plan("b", ""), plan("a", ",\"usage_count\":7")};
        MemoryFixture once = artifacts(lines);
        MemoryFixture again = artifacts(lines);
        assertThat(again.ids()).isEqualTo(once.ids()).doesNotHaveDuplicates();
        assertThat(again.events())
                .extracting(event -> event.envelope().time())
                .isEqualTo(once.events().stream()
                        .map(event -> event.envelope().time())
                        .toList());
        assertThat(once.summary().repeats()).isEqualTo(1);
    }

    @Test
    void neitherTheOrderOfFieldsNorAnEmbeddingChangesTheEvent() throws IOException {
        MemoryFixture one =
                artifacts("{\"artifact_id\":\"a\",\"artifact_type\":\"plan\",\"name\":\"n\",\"content\":\"c\"}");
        MemoryFixture other = artifacts(
                "{\"embedding\":[0.1,0.2],\"content\":\"c\",\"name\":\"n\",\"artifact_type\":\"plan\",\"artifact_id\":\"a\"}");
        assertThat(other.ids()).isEqualTo(one.ids());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2025-11-18T23:28:10.555519Z\"',2025-11-18T23:28:10.555519Z",
        "'\"2025-11-18T23:28:10.555519\"',2025-11-18T23:28:10.555519Z",
        "'\"2025-11-18T23:28:10+01:00\"',2025-11-18T22:28:10Z",
        "1763508490555,2025-11-18T23:28:10.555Z",
        "1763508490.555519,2025-11-18T23:28:10.555519Z"
    })
    void understandsFourFormsOfTime(String written, Instant time) throws IOException {
        MemoryFixture read = artifacts(plan("a", ",\"created_at\":" + written));
        assertThat(read.events().get(0).envelope().time()).isEqualTo(time);
        assertThat(read.summary().adjustments()).isEmpty();
    }

    @Test
    void whatSaysNoTimeHasAFixedOneThatGrowsWithTheLine() throws IOException {
        MemoryFixture read = artifacts(plan("a", ",\"created_at\":\"soon\""), plan("a", ",\"created_at\":null"));
        assertThat(read.events())
                .extracting(event -> event.envelope().time())
                .containsExactly(DiseMemoryImport.UNTIMED.plusNanos(1_000), DiseMemoryImport.UNTIMED.plusNanos(2_000));
        assertThat(read.summary().adjustments()).containsEntry(Adjustment.TIME_SUBSTITUTED, 2L);
    }

    @Test
    void bringsWhatIsTooLongOrTooOftenIntoBounds() throws IOException {
        String longId = "i".repeat(600);
        MemoryFixture read = artifacts(
                plan(longId + "1", ",\"tags\":[\"x\",\"y\",\"x\"]"),
                plan(longId + "2", ",\"name\":\"" + "n".repeat(10_001) + "\""));
        assertThat(read.events())
                .extracting(event -> event.envelope().subject())
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).hasSize(500).startsWith("iii"));
        assertThat(read.data(0).at("/tags").size()).isEqualTo(2);
        assertThat(read.data(1).at("/name").asString()).hasSize(10_000).endsWith("…");
        assertThat(read.summary().adjustments())
                .containsEntry(Adjustment.ID_SHORTENED, 2L)
                .containsEntry(Adjustment.TAGS_DEDUPLICATED, 1L)
                .containsEntry(Adjustment.NAME_CUT, 1L);
    }

    @Test
    void refusesWhatNoEventCanHold() throws IOException {
        MemoryFixture read = artifacts(plan("a", ",\"content\":\"" + "\\u0001".repeat(200_000) + "\""));
        assertThat(read.summary().refusals()).isEqualTo(Map.of(Refusal.Reason.INVALID_EVENT, 1L));
    }

    @Test
    void replacesWhatNoStoreCanHold() throws IOException {
        MemoryFixture read =
                artifacts(plan("a", ",\"name\":\"x\\ud800\",\"metadata\":{\"k\":[\"\\u0000y\",\"\\ud83d\\ude00\"]}"));
        assertThat(read.data(0).at("/name").asString()).isEqualTo("x\uFFFD");
        assertThat(read.data(0).at("/metadata/k").toString()).isEqualTo("[\"\uFFFDy\",\"😀\"]");
        assertThat(read.summary().adjustments()).isEqualTo(Map.of(Adjustment.TEXT_REPAIRED, 1L));
    }

    @Test
    void readsPastByteOrderMarksAndCarriageReturns() throws IOException {
        MemoryFixture read = artifacts(MARK + plan("a", "") + "\r", MARK + plan("b", "") + "\r");
        assertThat(read.events())
                .extracting(event -> event.envelope().subject())
                .containsExactly("a", "b");
    }

    @Test
    void readsAnIndexLikeTheLines() throws IOException {
        MemoryFixture lines = artifacts(plan("a", ""), plan("b", ""));
        Path index = Files.writeString(
                directory.resolve("index.json"), "{\n \"a\": " + plan("a", "") + ",\n \"b\": " + plan("b", "") + "}\n");
        assertThat(MemoryFixture.read(index, null).ids()).isEqualTo(lines.ids());
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"a\": " + plan("a", "") + ", \"b\": {");
        assertThat(MemoryFixture.read(broken, null).summary().refusals())
                .isEqualTo(Map.of(Refusal.Reason.NOT_JSON, 1L));
        Path empty = Files.writeString(directory.resolve("empty.json"), "{}");
        assertThat(MemoryFixture.read(empty, null).summary().linesRead()).isZero();
    }

    @Test
    void aToolGoesToTheTableAndToTheSearch() throws IOException {
        MemoryFixture read = tools(TOOL.formatted("\\ufeffname: T\\ndescription: |\\n  adds\\n  up\\ntags: [math]\\n"));
        assertThat(read.types()).containsExactly(EventType.GENERATED_TOOL, EventType.TOOL);
        assertThat(read.data(0).at("/tool_yaml").asString()).startsWith("name: T");
        assertThat(read.data(0).at("/metadata/path").asString()).isEqualTo("llm/t.yaml");
        assertThat(read.data(1).at("/artifact_id").asString()).isEqualTo("tool_t");
        assertThat(read.data(1).at("/description").asString()).isEqualTo("adds\nup");
        assertThat(read.data(1).at("/tags").toString()).isEqualTo("[\"tool\",\"llm\",\"math\"]");
        assertThat(read.data(1).at("/content").asString())
                .isEqualTo(read.data(0).at("/tool_yaml").asString());
    }

    @Test
    void aToolWhoseYamlIsBrokenIsKeptAsItIs() throws IOException {
        MemoryFixture read = tools(TOOL.formatted("name: [T\\n\\tdescription: x"));
        assertThat(read.types()).containsExactly(EventType.GENERATED_TOOL, EventType.TOOL);
        assertThat(read.data(1).has("description")).isFalse();
    }

    @Test
    void aToolNeedsNothingButItsId() throws IOException {
        MemoryFixture read = tools("{\"tool_id\":\"t\"}", TOOL.formatted("[".repeat(20_000)));
        assertThat(read.types())
                .containsExactly(EventType.GENERATED_TOOL, EventType.TOOL, EventType.GENERATED_TOOL, EventType.TOOL);
        assertThat(read.data(0).at("/tool_type").asString()).isEqualTo("unknown");
        assertThat(read.data(1).at("/name").asString()).isEqualTo("t");
    }

    @Test
    void theSameToolAgainIsNewer() throws IOException {
        MemoryFixture read = tools(TOOL.formatted("name: old"), TOOL.formatted("name: new"));
        assertThat(read.ids()).hasSize(4).doesNotHaveDuplicates();
        assertThat(read.summary().repeats()).isEqualTo(1);
        Event old = read.events().get(0);
        Event newer = read.events().get(2);
        assertThat(newer.envelope().subject()).isEqualTo(old.envelope().subject());
        assertThat(newer.envelope().time()).isAfter(old.envelope().time());
    }

    @Test
    void theDefinitionOfAToolIsANewerVersionOfTheMemorysOwnArtifactAndKeepsItsMarks() throws IOException {
        String own = "{\"artifact_id\":\"tool_t\",\"artifact_type\":\"tool\",\"name\":\"T\",\"content\":\"short\","
                + "\"quality_score\":0.75,\"usage_count\":7,\"created_at\":\"2025-11-19T02:40:27Z\"}";
        Path artifacts = Files.writeString(directory.resolve("a.jsonl"), own);
        Path tools = Files.writeString(directory.resolve("t.jsonl"), TOOL.formatted("name: T"));
        MemoryFixture read = MemoryFixture.read(artifacts, tools);
        assertThat(read.types()).containsExactly(EventType.TOOL, EventType.GENERATED_TOOL, EventType.TOOL);
        assertThat(read.data(2).at("/content").asString()).isEqualTo("name: T");
        assertThat(read.data(2).at("/quality_score").asDouble()).isEqualTo(0.75);
        assertThat(read.data(2).at("/usage_count").asLong()).isEqualTo(7);
        assertThat(read.events().get(2).envelope().time())
                .isAfter(read.events().get(0).envelope().time());
    }

    @Test
    void anArtifactOfAnotherTypeIsNotTheTools() throws IOException {
        Path artifacts = Files.writeString(directory.resolve("a.jsonl"), plan("tool_t", ""));
        Path tools = Files.writeString(directory.resolve("t.jsonl"), TOOL.formatted("name: T"));
        assertThat(MemoryFixture.read(artifacts, tools).types())
                .containsExactly(EventType.PLAN, EventType.GENERATED_TOOL, EventType.TOOL);
    }

    @Test
    void whatIsTypedForATableGoesThere() throws IOException {
        String tool =
                ",\"metadata\":{\"tool_id\":\"t\",\"severity\":\"major\",\"metric_name\":\"m\",\"metric_value\":1}";
        MemoryFixture read = artifacts(
                typed("a", "conversation"),
                typed("b", "failure", tool),
                typed("c", "bug_report", tool),
                typed("d", "debug_data", tool),
                typed("e", "perf_data", tool),
                typed("f", "performance", tool),
                typed("g", "evaluation"),
                typed("h", "failure"));
        assertThat(read.types())
                .containsExactly(
                        EventType.CONVERSATION,
                        EventType.FAILURE,
                        EventType.BUG_REPORT,
                        EventType.DEBUG_DATA,
                        EventType.PERF_DATA,
                        EventType.PERFORMANCE,
                        EventType.EVALUATION);
        assertThat(read.data(0).at("/role").asString()).isEqualTo("user");
        assertThat(read.data(1).at("/severity").asString()).isEqualTo("high");
        assertThat(read.lines().get(7).refusal().orElseThrow().reason()).isEqualTo(Refusal.Reason.INVALID_EVENT);
    }

    private MemoryFixture artifacts(String... lines) throws IOException {
        return MemoryFixture.ofArtifacts(directory, lines);
    }

    private MemoryFixture tools(String... lines) throws IOException {
        return MemoryFixture.ofTools(directory, lines);
    }

    private static String plan(String id, String more) {
        return typed(id, "plan", more);
    }

    private static String typed(String id, String type, String... more) {
        StringBuilder fields = new StringBuilder("{\"artifact_id\":\"" + id + "\",\"artifact_type\":\"" + type + "\"");
        String rest = String.join("", more);
        fields.append(rest.contains("\"name\"") ? "" : ",\"name\":\"n\"");
        fields.append(rest.contains("\"content\"") ? "" : ",\"content\":\"c\"");
        fields.append(rest.contains("\"created_at\"") ? "" : ",\"created_at\":\"2025-01-02T03:04:05Z\"");
        return fields.append(rest).append('}').toString();
    }
}
