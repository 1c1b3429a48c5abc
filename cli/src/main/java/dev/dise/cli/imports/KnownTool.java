package dev.dise.cli.imports;

import dev.dise.schemas.data.Artifact;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the memory's own artifact of a tool says that the tool's definition does not. Its content is but a summary of the
 * definition, which is found much better.
 *
 * @param time of its event
 */
record KnownTool(
        Instant time,
        @Nullable Double qualityScore,
        @Nullable Long usageCount,
        @Nullable Instant createdAt) {
    private static final Duration LATER = Duration.ofNanos(1_000);

    static KnownTool of(MemoryArtifact artifact, Instant time) {
        return new KnownTool(time, artifact.qualityScore(), artifact.usageCount(), artifact.createdAt());
    }

    /** The time of the definition's artifact: a newer version than this. */
    Instant timeFor(Instant definition) {
        Instant later = time.plus(LATER);
        return definition.isAfter(later) ? definition : later;
    }

    /** The definition's artifact, with what this knows. */
    Artifact completing(Artifact definition) {
        return new Artifact(
                definition.kind(),
                definition.artifactId(),
                definition.name(),
                definition.content(),
                definition.description(),
                definition.tags(),
                definition.metadata(),
                qualityScore,
                usageCount,
                definition.toolId(),
                createdAt);
    }
}
