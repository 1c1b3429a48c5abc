package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A judgement of a tool, plan or result; the same artifact id again is a newer version of it. */
public record Evaluation(
        String artifactId,
        String name,
        String content,
        @Nullable String toolId,
        @Nullable String verdict,
        @Nullable Double overallScore,
        @Nullable Map<String, ?> scores,
        @Nullable Object results,
        @Nullable List<String> tags,
        @Nullable Map<String, ?> metadata)
        implements EventData {

    public Evaluation {
        Required.id("artifact_id", artifactId);
        Required.text("name", name);
    }

    /** With nothing optional. */
    public static Evaluation of(String artifactId, String name, String content) {
        return new Evaluation(artifactId, name, content, null, null, null, null, null, null, null);
    }

    /** The same with this tool id. */
    public Evaluation withToolId(String newToolId) {
        return new Evaluation(
                artifactId, name, content, newToolId, verdict, overallScore, scores, results, tags, metadata);
    }

    /** The same with this verdict. */
    public Evaluation withVerdict(String newVerdict) {
        return new Evaluation(
                artifactId, name, content, toolId, newVerdict, overallScore, scores, results, tags, metadata);
    }

    /** The same with this overall score. */
    public Evaluation withOverallScore(Double newOverallScore) {
        return new Evaluation(
                artifactId, name, content, toolId, verdict, newOverallScore, scores, results, tags, metadata);
    }

    /** The same with this scores. */
    public Evaluation withScores(Map<String, ?> newScores) {
        return new Evaluation(
                artifactId, name, content, toolId, verdict, overallScore, newScores, results, tags, metadata);
    }

    /** The same with this results. */
    public Evaluation withResults(Object newResults) {
        return new Evaluation(
                artifactId, name, content, toolId, verdict, overallScore, scores, newResults, tags, metadata);
    }

    /** The same with this tags. */
    public Evaluation withTags(List<String> newTags) {
        return new Evaluation(
                artifactId, name, content, toolId, verdict, overallScore, scores, results, newTags, metadata);
    }

    /** The same with this metadata. */
    public Evaluation withMetadata(Map<String, ?> newMetadata) {
        return new Evaluation(
                artifactId, name, content, toolId, verdict, overallScore, scores, results, tags, newMetadata);
    }

    @Override
    public EventType type() {
        return EventType.EVALUATION;
    }

    @Override
    public String subject() {
        return artifactId;
    }
}
