package dev.dise.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.EventType;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PatternFamiliesTest {
    @TempDir
    private Path directory;

    @Test
    void aToolIsATool() throws IOException {
        MemoryFixture read = pattern("[\"tool\"]", "{\"is_tool\":true,\"tool_id\":\"sum\"}", "adds");
        assertThat(read.types()).containsExactly(EventType.TOOL);
        assertThat(read.data(0).at("/tool_id").asString()).isEqualTo("sum");
        assertThat(read.data(0).at("/metadata/is_tool").booleanValue()).isTrue();
    }

    @Test
    void aPromptThatWasSentIsAPrompt() throws IOException {
        MemoryFixture read = pattern("[\"tool_invocation\",\"prompt\"]", "{\"tool_id\":\"t\"}", "SYSTEM PROMPT: x");
        assertThat(read.types()).containsExactly(EventType.PROMPT);
    }

    @Test
    void anExecutionThatWorkedIsDebugData() throws IOException {
        MemoryFixture read = execution(true, 0, "fine", "");
        assertThat(read.types()).containsExactly(EventType.DEBUG_DATA);
        JsonNode data = read.data(0);
        assertThat(data.at("/context_type").asString()).isEqualTo("tool");
        assertThat(data.at("/context_id").asString()).isEqualTo("sum");
        assertThat(data.at("/status").asString()).isEqualTo("success");
        assertThat(data.at("/request/command").asString()).isEqualTo("python sum.py 1 2");
        assertThat(data.at("/request/source_file").asString()).isEqualTo("a.py");
        assertThat(data.at("/response/stdout").asString()).isEqualTo("fine");
        assertThat(data.at("/response/exit_code").asInt()).isZero();
        assertThat(data.has("error")).isFalse();
    }

    @Test
    void anExecutionThatFailedIsAFailureToo() throws IOException {
        MemoryFixture read = execution(false, 2, "", "{\\\"error\\\": \\\"no such file\\\"}");
        assertThat(read.types()).containsExactly(EventType.DEBUG_DATA, EventType.FAILURE);
        assertThat(read.data(0).at("/status").asString()).isEqualTo("error");
        assertThat(read.data(1).at("/error_message").asString()).isEqualTo("no such file");
        assertThat(read.data(1).at("/scenario").asString()).isEqualTo("python sum.py 1 2");
        assertThat(read.data(1).at("/details/exit_code").asInt()).isEqualTo(2);
        assertThat(read.ids()).doesNotHaveDuplicates();
    }

    @Test
    void anInteractionIsItsLatency() throws IOException {
        MemoryFixture read =
                pattern("[\"interaction\"]", "{\"tool_id\":\"t\",\"latency_ms\":12.5,\"model\":\"m\"}", "Input: x");
        assertThat(read.types()).containsExactly(EventType.PERF_DATA);
        assertThat(read.data(0).at("/metric_name").asString()).isEqualTo("latency_ms");
        assertThat(read.data(0).at("/metric_value").asDouble()).isEqualTo(12.5);
        assertThat(read.data(0).at("/unit").asString()).isEqualTo("ms");
        assertThat(read.data(0).at("/details/model").asString()).isEqualTo("m");
        assertThat(read.data(0).at("/details/content").asString()).isEqualTo("Input: x");
    }

    @Test
    void anInteractionThatNobodyMeasuredIsDebugData() throws IOException {
        MemoryFixture read = pattern(
                "[\"interaction\"]", "{\"tool_id\":\"t\",\"latency_ms\":\"slow\",\"success\":false}", "Input: x");
        assertThat(read.types()).containsExactly(EventType.DEBUG_DATA);
        assertThat(read.data(0).at("/status").asString()).isEqualTo("error");
        assertThat(read.data(0).at("/metadata/latency_ms").asString()).isEqualTo("slow");
    }

    @Test
    void numbersOfTimeoutStatisticsAreMetrics() throws IOException {
        MemoryFixture read = pattern(
                "[\"timeout_stats\"]", "{\"tool_id\":\"t\",\"avg\":1.5,\"count\":3,\"all\":[1.0,2.0]}", "stats");
        assertThat(read.types()).containsExactly(EventType.PERFORMANCE);
        assertThat(read.data(0).at("/metrics").toString()).isEqualTo("{\"avg\":1.5,\"count\":3}");
        assertThat(read.data(0).at("/metadata/all").size()).isEqualTo(2);
    }

    @Test
    void feedbackIsAnEvaluation() throws IOException {
        MemoryFixture read = pattern(
                "[\"tool_feedback\",\"negative\"]", "{\"tool_id\":\"t\",\"quality_score\":1.2}", "Tool Feedback");
        assertThat(read.types()).containsExactly(EventType.EVALUATION);
        assertThat(read.data(0).at("/verdict").asString()).isEqualTo("negative");
        assertThat(read.data(0).at("/overall_score").asDouble()).isEqualTo(1.2);
    }

    @Test
    void aFixIsACodeFix() throws IOException {
        assertThat(pattern("[\"code-fix-pattern\"]", "{}", "# fix").types()).containsExactly(EventType.CODE_FIX);
    }

    @Test
    void whatNobodyKnowsStaysAPattern() throws IOException {
        assertThat(pattern("[\"best_generator\"]", "{}", "x").types()).containsExactly(EventType.PATTERN);
    }

    @Test
    void aFamilyThatLacksItsToolStaysAPatternAndSaysSo() throws IOException {
        MemoryFixture read = pattern("[\"executable_invocation\"]", "{\"success\":false}", "x");
        assertThat(read.types()).containsExactly(EventType.PATTERN);
        assertThat(read.summary().adjustments()).containsEntry(Adjustment.FAMILY_INCOMPLETE, 1L);
    }

    private MemoryFixture execution(boolean success, int exitCode, String stdout, String stderr) throws IOException {
        String content = "COMMAND: python sum.py 1 2\\n\\nSOURCE FILE: a.py\\n\\nEXIT CODE: " + exitCode
                + "\\n\\nSTDOUT:\\n" + stdout + "\\n\\nSTDERR:\\n" + stderr;
        String metadata = "{\"tool_id\":\"sum\",\"command\":\"python\",\"exit_code\":" + exitCode + ",\"success\":"
                + success + "}";
        return pattern("[\"executable_invocation\"]", metadata, content);
    }

    private MemoryFixture pattern(String tags, String metadata, String content) throws IOException {
        MemoryFixture read = MemoryFixture.ofArtifacts(directory, """
                {"artifact_id":"a","artifact_type":"pattern","name":"n","description":null,"content":"%s",\
                "tags":%s,"metadata":%s,"created_at":"2025-01-02T03:04:05.678901Z","quality_score":0.5}""".formatted(content, tags, metadata));
        assertThat(read.lines()).allSatisfy(line -> assertThat(line.refusal()).isEmpty());
        return read;
    }
}
