package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.util.List;
import java.util.Map;

/** How much of each type is stored where; what the sinks are compared with. */
record Counts(RowCounts rows, Artifacts artifacts) {

    /** Rows and points by event type, and the types whose rows are estimated. */
    record Answer(Map<String, Long> postgres, Map<String, Long> qdrant, List<String> estimated) {}

    Answer of(Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(List.of(ArtifactJson.RUN_ID));
        String runId = parameters.one(ArtifactJson.RUN_ID).orElse(null);
        RowCounts.Answer stored = rows.of(runId);
        return new Answer(stored.rows(), artifacts.counts(runId), stored.estimated());
    }
}
