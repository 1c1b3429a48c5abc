package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How much of each type is stored where, and what never came; what the sinks are compared with. */
record Counts(RowCounts rows, Artifacts artifacts, Losses losses) {

    /**
     * The answer.
     *
     * @param postgres rows by event type
     * @param qdrant points by event type
     * @param estimated the types whose rows are estimated
     * @param dropped what emitters lost, by reason
     */
    record Answer(
            Map<String, Long> postgres, Map<String, Long> qdrant, List<String> estimated, List<ObjectNode> dropped) {}

    Answer of(Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(List.of(ArtifactJson.RUN_ID));
        String runId = parameters.one(ArtifactJson.RUN_ID).orElse(null);
        RowCounts.Answer stored = rows.of(runId);
        return new Answer(stored.rows(), artifacts.counts(runId), stored.estimated(), losses.of(runId));
    }
}
