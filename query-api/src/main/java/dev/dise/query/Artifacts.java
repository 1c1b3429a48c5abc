package dev.dise.query;

import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.isEmpty;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;

import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EventType;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Artifacts by name and by number, as Qdrant has them. */
record Artifacts(VectorStore store) {
    /** The wire names of all types that can be artifacts. */
    static final List<String> TYPES = Arrays.stream(EventType.values())
            .filter(EventType::isArtifact)
            .map(EventType::wireName)
            .toList();

    /** How many artifacts there are, together and of each type. */
    record Count(long count, Map<String, Long> types) {}

    ObjectNode find(String type, String artifactId) throws StoreUnavailableException {
        requireType(type);
        Filter filter = Filter.newBuilder()
                .addMust(matchKeyword(ArtifactJson.TYPE, type))
                .addMust(matchKeyword(ArtifactJson.ID, artifactId))
                .addMust(wholeArtifact())
                .build();
        return store.find(filter, 1).stream()
                .findFirst()
                .map(point -> ArtifactJson.of(point.getPayloadMap()))
                .orElseThrow(() -> new RefusedException(Problem.notFound("there is no such " + type)));
    }

    Count count(Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(List.of(ArtifactJson.RUN_ID));
        Map<String, Long> counts = counts(parameters.one(ArtifactJson.RUN_ID).orElse(null));
        return new Count(counts.values().stream().mapToLong(Long::longValue).sum(), counts);
    }

    /** Points of each type, of one run if it is named. */
    Map<String, Long> counts(@Nullable String runId) throws StoreUnavailableException {
        Map<String, Filter> filters = TYPES.stream()
                .collect(Collectors.toMap(
                        type -> type, type -> ofType(type, runId), (one, other) -> one, LinkedHashMap::new));
        return store.counts(filters);
    }

    /** @throws RefusedException if it is no type of artifact; it names the types */
    static void requireType(String type) {
        if (!TYPES.contains(type)) {
            throw RefusedException.badValue("type", "must be one of " + String.join(", ", TYPES));
        }
    }

    private static Filter ofType(String type, @Nullable String runId) {
        Filter.Builder filter = Filter.newBuilder()
                .addMust(matchKeyword(ArtifactJson.TYPE, type))
                .addMust(wholeArtifact());
        Optional.ofNullable(runId).ifPresent(run -> filter.addMust(matchKeyword(ArtifactJson.RUN_ID, run)));
        return filter.build();
    }

    /** Of each artifact the first chunk; what something else has written has none. */
    private static Condition wholeArtifact() {
        return filter(Filter.newBuilder()
                .addShould(match(ArtifactJson.CHUNK, 0))
                .addShould(isEmpty(ArtifactJson.CHUNK))
                .build());
    }
}
