package dev.dise.cli.demo;

import dev.dise.schemas.EventType;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.Severity;
import dev.dise.schemas.StorageStrategy;
import dev.dise.schemas.data.Ancestry;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.BugReport;
import dev.dise.schemas.data.Conversation;
import dev.dise.schemas.data.DebugData;
import dev.dise.schemas.data.Deletion;
import dev.dise.schemas.data.Evaluation;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Failure;
import dev.dise.schemas.data.GeneratedTool;
import dev.dise.schemas.data.Log;
import dev.dise.schemas.data.PerfData;
import dev.dise.schemas.data.Performance;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Events of every type but the burst of logs, such as a family of tools leaves behind; the same for the same seed. */
final class DemoEvents {
    private final Consumer<EventData> emitter;
    private final RandomGenerator random;
    private final Map<EventType, Expected> expected = new EnumMap<>(EventType.class);

    DemoEvents(Consumer<EventData> emitter, RandomGenerator random) {
        this.emitter = emitter;
        this.random = random;
    }

    /** Emits them all. */
    void emit() {
        for (DemoTool tool : DemoTool.ALL) {
            bulk(tool);
            artifacts(tool);
            hybrid(tool);
        }
        newerVersionsAndDeletions();
    }

    /** What is to become of them, by type. */
    Map<EventType, Expected> expected() {
        return expected;
    }

    private void bulk(DemoTool tool) {
        String id = tool.id();
        one(GeneratedTool.of(id, tool.name(), "executable").withToolYaml("description: " + tool.purpose()));
        one(BugReport.of("BUG-" + id, id, Severity.HIGH, tool.bug()).withStackTrace("at " + id + ".py:12"));
        one(Ancestry.of(id + "_v0", id, "optimized_from").withDetails(Map.of("improvement", "2x faster")));
        one(Conversation.of("conv-" + id, "user", "Please " + tool.purpose()));
        one(Conversation.of("conv-" + id, "assistant", "I will use " + tool.name()));
        for (int i = 0; i < 20; i++) {
            one(Failure.of(id, "input " + i, tool.bug()).withSeverity(Severity.MEDIUM));
            one(DebugData.of("tool", id)
                    .status("success")
                    .durationMs(random.nextDouble(5, 900))
                    .build());
        }
        for (int i = 0; i < 100; i++) {
            one(PerfData.of(id, "latency_ms", random.nextGaussian(tool.latencyMillis(), 20))
                    .withUnit("ms"));
        }
    }

    private void artifacts(DemoTool tool) {
        for (EventType type : EventType.values()) {
            if (type.defaultStrategy() == StorageStrategy.RAG) {
                String what = type.wireName().replace('_', ' ');
                one(Artifact.of(
                                type,
                                type.wireName() + "_" + tool.id(),
                                tool.name() + " " + what,
                                "The " + what + " of " + tool.name() + ": " + tool.purpose())
                        .withDescription(tool.purpose())
                        .withToolId(tool.id())
                        .withTags(List.of(type.wireName(), tool.id())));
            }
        }
    }

    private void hybrid(DemoTool tool) {
        one(Performance.of(
                "perf_" + tool.id(), tool.id(), tool.name() + " performance", Map.of("p95_ms", 120, "success", 0.97)));
        one(Evaluation.of("eval_" + tool.id(), tool.name() + " evaluation", "Does what it says: " + tool.purpose())
                .withToolId(tool.id())
                .withVerdict("good")
                .withOverallScore(0.9));
    }

    /** The same bug again is the same row, and what is deleted is gone from both stores. */
    private void newerVersionsAndDeletions() {
        DemoTool tool = DemoTool.ALL.get(0);
        emit(
                BugReport.of("BUG-" + tool.id(), tool.id(), Severity.LOW, tool.bug())
                        .withResolved(true),
                new Expected(1, 0, 0, 0));
        emit(Deletion.of(EventType.GENERATED_TOOL, tool.id()), new Expected(1, 0, 0, 0));
        count(EventType.GENERATED_TOOL, new Expected(0, -1, 0, 0));
        emit(Deletion.of(EventType.PATTERN, "pattern_" + tool.id()), new Expected(1, 0, 0, 0));
        count(EventType.PATTERN, new Expected(0, 0, -1, 0));
    }

    private void one(EventData data) {
        StorageStrategy strategy = data.type().defaultStrategy();
        emit(data, new Expected(1, strategy.storesBulk() ? 1 : 0, strategy.storesRag() ? 1 : 0, 0));
    }

    private void emit(EventData data, Expected change) {
        emitter.accept(data);
        count(data.type(), change);
    }

    void count(EventType type, Expected change) {
        expected.merge(type, change, Expected::plus);
    }

    /** A log line of some tool. */
    static EventData logLine(int number) {
        DemoTool tool = DemoTool.ALL.get(number % DemoTool.ALL.size());
        LogLevel level = number % 100 == 0 ? LogLevel.ERROR : number % 10 == 0 ? LogLevel.WARNING : LogLevel.INFO;
        return Log.of(tool.id(), level, "processed item " + number + " of the nightly batch in " + number % 977 + " ms")
                .withDetails(Map.of("item", number, "phase", "transform", "worker", number % 8));
    }
}
