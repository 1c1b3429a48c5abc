package dev.dise.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dise.schemas.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads input that nobody made up, where it is at hand beside the project. */
class RealDataTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final Path ARTIFACTS = DATA.resolve("dise/artifacts.jsonl");
    private static final Path TOOLS = DATA.resolve("dise/tools.jsonl");

    @BeforeEach
    void requireData() {
        assumeTrue(Files.isDirectory(DATA), "the real data is not beside the project: " + DATA.toAbsolutePath());
    }

    @Test
    void everyArtifactAndToolIsImported() throws IOException {
        MemoryFixture read = MemoryFixture.read(ARTIFACTS, TOOLS);
        System.out.println(read.summary());
        assertThat(read.summary().linesRead()).isEqualTo(452 + 242);
        assertThat(read.summary().imported()).isEqualTo(452 + 242);
        assertThat(read.summary().repeats()).isEqualTo(27);
        assertThat(read.summary().events()).isEqualTo(countedByHand());
        assertThat(read.events()).allSatisfy(MemoryFixture::data);
        assertThat(read.ids()).doesNotHaveDuplicates();
    }

    @Test
    void importingAgainGivesTheSameEvents() throws IOException {
        MemoryFixture once = MemoryFixture.read(ARTIFACTS, TOOLS);
        MemoryFixture again = MemoryFixture.read(ARTIFACTS, TOOLS);
        assertThat(again.ids()).isEqualTo(once.ids());
        assertThat(again.events().stream().map(event -> event.envelope()).toList())
                .isEqualTo(once.events().stream().map(event -> event.envelope()).toList());
    }

    @Test
    void toolsAloneAreToolsAndArtifactsWithDescriptions() throws IOException {
        MemoryFixture read = MemoryFixture.read(null, TOOLS);
        assertThat(read.summary().events()).isEqualTo(Map.of(EventType.GENERATED_TOOL, 242L, EventType.TOOL, 242L));
        assertThat(read.events())
                .filteredOn(event -> event.envelope().type() == EventType.TOOL)
                .allSatisfy(event -> assertThat(
                                MemoryFixture.data(event).at("/description").asString())
                        .isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hadoop.log", "Spark.log", "Zookeeper.log"})
    void everyLogLineIsAccountedFor(String name) throws IOException {
        Path file = DATA.resolve("logs").resolve(name);
        LogFixture read = LogFixture.read(Files.newInputStream(file), name);
        System.out.println(name + " " + read.summary());
        assertThat(read.summary().linesRead())
                .isEqualTo(Files.readString(file, UTF_8).lines().count())
                .isEqualTo(2_000);
        assertThat(read.summary().linesInRecords() + read.summary().blank()).isEqualTo(2_000);
        assertThat(read.summary().bytesRead()).isEqualTo(Files.size(file));
        assertThat(read.summary().withLevel()).isGreaterThan(1_900);
        assertThat(read.summary().withTime()).isGreaterThan(1_900);
        assertThat(read.records())
                .extracting(log -> log.event().envelope().time())
                .allSatisfy(time -> assertThat(time).isBefore(LogFixture.UNTIMED));
        assertThat(read.ids())
                .doesNotHaveDuplicates()
                .isEqualTo(LogFixture.read(Files.newInputStream(file), name).ids());
        assertThat(IntStream.range(0, 2_000)
                        .filter(i -> !read.detail(i, "logger").isEmpty()))
                .hasSizeGreaterThan(1_900);
    }

    /** Counts by the words of the data itself, without any of the code under test. */
    private static Map<EventType, Long> countedByHand() throws IOException {
        Map<EventType, Long> counts = new EnumMap<>(EventType.class);
        for (JsonNode artifact : lines(ARTIFACTS)) {
            counts.merge(typeOf(artifact), 1L, Long::sum);
            if (artifact.at("/tags/0").asString().equals("executable_invocation")
                    && !artifact.at("/metadata/success").asBoolean()) {
                counts.merge(EventType.FAILURE, 1L, Long::sum);
            }
        }
        long tools = lines(TOOLS).size();
        counts.merge(EventType.GENERATED_TOOL, tools, Long::sum);
        counts.merge(EventType.TOOL, tools, Long::sum);
        return counts;
    }

    private static EventType typeOf(JsonNode artifact) {
        String type = artifact.at("/artifact_type").asString();
        if (!type.equals("pattern")) {
            return EventType.forWireName(type).orElseThrow();
        }
        return switch (artifact.at("/tags/0").asString()) {
            case "tool" -> EventType.TOOL;
            case "tool_invocation" -> EventType.PROMPT;
            case "executable_invocation" -> EventType.DEBUG_DATA;
            case "interaction" -> EventType.PERF_DATA;
            case "timeout_stats" -> EventType.PERFORMANCE;
            case "tool_feedback" -> EventType.EVALUATION;
            default -> EventType.PATTERN;
        };
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        return Files.readAllLines(file).stream().map(mapper::readTree).toList();
    }
}
