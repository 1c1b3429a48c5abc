package dev.dise.query;

import static io.qdrant.client.ConditionFactory.datetimeRange;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.ConditionFactory.range;
import static io.qdrant.client.PointIdFactory.id;

import com.google.protobuf.Timestamp;
import dev.dise.query.LiveCollection.Searched;
import dev.dise.query.NearChunks.Scores;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds artifacts by meaning and by words, the most relevant first. */
public record SimilarArtifacts(LiveCollection live, Moments moments) {
    /** What a search can be asked for. */
    public static final List<String> NAMES =
            List.of("text", "type", "tags", "tool_id", "since", "until", "min_quality", "min_score", "limit");
    /** The longest text. */
    public static final int LONGEST_TEXT = 8_000;

    /**
     * The nearest artifacts, each with its score and why it is there.
     *
     * @param candidates artifacts that were compared for it
     * @param complete whether these were all that the other filters allow
     */
    public record Hits(List<ObjectNode> items, int count, int limit, int candidates, boolean complete) {}

    /** Answers with what passes the sieve; who asks has checked the names. */
    public Hits find(Parameters parameters, Sieve sieve) throws StoreUnavailableException {
        String text = text(parameters);
        int limit = parameters.number("limit", 10, 1, 100);
        float least = share("min_score", parameters).orElse(0f);
        Filter filter = filter(parameters);
        Searched readable = live.now();
        SiftedSearch.Found found = new SiftedSearch(readable.store(), sieve)
                .find(SearchVectors.of(text, readable.model()), filter, limit, least);
        List<ObjectNode> hits = hits(found.hits(), readable.store(), sieve);
        return new Hits(hits, hits.size(), limit, found.candidates(), found.isAll());
    }

    /** What was removed since it was found is left out. */
    private List<ObjectNode> hits(List<Scores> found, VectorStore store, Sieve sieve) throws StoreUnavailableException {
        Set<PointId> wanted = new LinkedHashSet<>();
        found.forEach(scores -> wanted.addAll(List.of(scores.best(), id(scores.parent()))));
        Map<PointId, Map<String, Value>> payloads = store.payloads(wanted);
        Set<String> tools = new HashSet<>();
        List<ObjectNode> hits = new ArrayList<>();
        List<@Nullable String> owners = new ArrayList<>();
        for (Scores scores : found) {
            Map<String, Value> whole = payloads.get(id(scores.parent()));
            Map<String, Value> chunk = payloads.get(scores.best());
            if (whole != null && chunk != null) {
                hits.add(HitJson.of(scores.relevance(), whole, chunk));
                String tool = SiftedSearch.toolOf(whole);
                owners.add(tool);
                if (tool != null) {
                    tools.add(tool);
                }
            }
        }
        sieve.learn(tools);
        for (int i = 0; i < hits.size(); i++) {
            sieve.addTo(hits.get(i), owners.get(i));
        }
        return hits;
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

    private Filter filter(Parameters parameters) {
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
        parameters.one(ArtifactJson.TOOL).ifPresent(tool -> filter.addMust(matchKeyword(ArtifactJson.TOOL, tool)));
        share("min_quality", parameters)
                .ifPresent(least -> filter.addMust(range(
                        ArtifactJson.QUALITY, Range.newBuilder().setGte(least).build())));
        addTimeSpan(filter, parameters);
        return filter.build();
    }

    private void addTimeSpan(Filter.Builder filter, Parameters parameters) {
        OffsetDateTime since = moments.of("since", parameters);
        OffsetDateTime until = moments.of("until", parameters);
        if (since == null && until == null) {
            return;
        }
        DatetimeRange.Builder span = DatetimeRange.newBuilder();
        if (since != null) {
            span.setGte(timestamp(since));
        }
        if (until != null) {
            span.setLt(timestamp(until));
        }
        filter.addMust(datetimeRange(ArtifactJson.TIME, span.build()));
    }

    private static Timestamp timestamp(OffsetDateTime moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.toEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }

    private static Optional<Float> share(String name, Parameters parameters) {
        String rule = "must be a number from 0.0 to 1.0";
        try {
            Optional<Float> share = parameters.one(name).map(Float::parseFloat);
            if (share.filter(value -> !(value >= 0 && value <= 1)).isPresent()) {
                throw RefusedException.badValue(name, rule);
            }
            return share;
        } catch (NumberFormatException e) {
            throw RefusedException.badValue(name, rule);
        }
    }
}
