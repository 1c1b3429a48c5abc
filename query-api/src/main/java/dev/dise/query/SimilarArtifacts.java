package dev.dise.query;

import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.WithPayloadSelectorFactory.include;

import dev.dise.runtime.sink.StoreUnavailableException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds artifacts by meaning: the text becomes a vector, and the nearest points are the answer, nearest first. */
record SimilarArtifacts(EmbeddingModel model, VectorStore store) {
    private static final List<String> NAMES = List.of("text", "type", "tags", "min_score", "limit");
    private static final int LONGEST_TEXT = 8_000;

    /** The nearest artifacts, each with its score. */
    record Hits(List<ObjectNode> items, int count, int limit) {}

    Hits find(Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(NAMES);
        String text = text(parameters);
        int limit = parameters.number("limit", 10, 1, 100);
        QueryPoints.Builder query = QueryPoints.newBuilder()
                .setFilter(filter(parameters))
                .setWithPayload(include(ArtifactJson.KEYS))
                .setLimit(limit);
        minScore(parameters).ifPresent(query::setScoreThreshold);
        query.setQuery(nearest(vectorOf(text)));
        List<ObjectNode> hits = store.search(query).stream()
                .map(point -> ArtifactJson.scored(point.getScore(), point.getPayloadMap()))
                .toList();
        return new Hits(hits, hits.size(), limit);
    }

    private float[] vectorOf(String text) throws StoreUnavailableException {
        try {
            return model.embed(text).content().vector();
        } catch (RuntimeException e) {
            // A model may be a server elsewhere, and says nothing of why in a common type: it may work later.
            throw new StoreUnavailableException("the embedding model does not answer", e);
        }
    }

    private static String text(Parameters parameters) {
        String text = parameters
                .one("text")
                .orElseThrow(() -> RefusedException.badValue("text", "is required: what to look for, in words"));
        if (text.length() > LONGEST_TEXT) {
            throw RefusedException.badValue("text", "must have at most " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    private static Filter filter(Parameters parameters) {
        Filter.Builder filter = Filter.newBuilder();
        List<String> types = parameters.list("type");
        types.forEach(Artifacts::requireType);
        if (!types.isEmpty()) {
            filter.addMust(matchKeywords(ArtifactJson.TYPE, types));
        }
        List<String> tags = parameters.list(ArtifactJson.TAGS);
        if (!tags.isEmpty()) {
            filter.addMust(matchKeywords(ArtifactJson.TAGS, tags));
        }
        return filter.build();
    }

    private static Optional<Float> minScore(Parameters parameters) {
        String rule = "must be a number from 0.0 to 1.0";
        try {
            Optional<Float> score = parameters.one("min_score").map(Float::parseFloat);
            if (score.filter(value -> !(value >= 0 && value <= 1)).isPresent()) {
                throw RefusedException.badValue("min_score", rule);
            }
            return score;
        } catch (NumberFormatException e) {
            throw RefusedException.badValue("min_score", rule);
        }
    }
}
