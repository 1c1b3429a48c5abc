package dev.dise.embedded.qdrant;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.GroupId;
import io.qdrant.client.grpc.Points.GroupsResult;
import io.qdrant.client.grpc.Points.PointGroup;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers the requests for the best points of each group, groups being the values of a field. */
final class PointGroups {

    private static final int DEFAULT_GROUPS = 10;
    private static final int DEFAULT_GROUP_SIZE = 3;
    /** How many more points are ranked when those before did not fill the groups. */
    private static final int GROWTH = 4;

    private final PointSnapshot points;
    private final PayloadPath key;
    private final int groups;
    private final int groupSize;

    private PointGroups(QueryPointGroups request, PointSnapshot points) {
        if (request.hasWithLookup()) {
            throw QdrantError.missing("with_lookup");
        }
        this.points = points;
        this.key = PayloadPath.parse(request.getGroupBy());
        this.groups = Limits.limit(request.hasLimit(), request.getLimit(), DEFAULT_GROUPS);
        this.groupSize = Limits.limit(request.hasGroupSize(), request.getGroupSize(), DEFAULT_GROUP_SIZE);
    }

    static GroupsResult query(QueryPointGroups request, PointSnapshot points, FieldIndexes indexes) throws IOException {
        PointAnswers answers = new PointAnswers(points, request.getWithPayload(), request.getWithVectors());
        PointGroups grouping = new PointGroups(request, points);
        GroupsResult.Builder result = GroupsResult.newBuilder();
        for (Map.Entry<GroupId, List<Hit>> entry :
                grouping.best(PointQueries.stage(ungrouped(request)), indexes).entrySet()) {
            PointGroup.Builder group = PointGroup.newBuilder().setId(entry.getKey());
            for (Hit hit : entry.getValue()) {
                group.addHits(answers.scored(hit));
            }
            result.addGroups(group);
        }
        return result.build();
    }

    private static QueryPoints ungrouped(QueryPointGroups request) {
        QueryPoints.Builder query = QueryPoints.newBuilder()
                .addAllPrefetch(request.getPrefetchList())
                .setUsing(request.getUsing())
                .setFilter(request.getFilter())
                .setParams(request.getParams());
        if (request.hasQuery()) {
            query.setQuery(request.getQuery());
        }
        if (request.hasScoreThreshold()) {
            query.setScoreThreshold(request.getScoreThreshold());
        }
        if (request.hasLookupFrom()) {
            query.setLookupFrom(request.getLookupFrom());
        }
        return query.build();
    }

    /** Ranks more and more points, until the groups are full or there are no more. */
    private Map<GroupId, List<Hit>> best(QueryStage stage, FieldIndexes indexes) throws IOException {
        long limit = GROWTH * (long) groups * groupSize;
        while (true) {
            int bounded = Limits.bounded(limit);
            List<Hit> hits = new QueryRun(points, indexes).run(stage.withLimit(bounded));
            Map<GroupId, List<Hit>> found = group(hits);
            boolean isFull =
                    found.size() == groups && found.values().stream().allMatch(members -> members.size() == groupSize);
            if (isFull || hits.size() < bounded || limit > points.size()) {
                return found;
            }
            limit *= GROWTH;
        }
    }

    private Map<GroupId, List<Hit>> group(List<Hit> ranked) throws IOException {
        Map<GroupId, List<Hit>> found = new LinkedHashMap<>();
        for (Hit hit : ranked) {
            for (GroupId id : groupsOf(hit)) {
                if (found.size() < groups || found.containsKey(id)) {
                    List<Hit> members = found.computeIfAbsent(id, any -> new ArrayList<>());
                    if (members.size() < groupSize) {
                        members.add(hit);
                    }
                }
            }
        }
        return found;
    }

    /** Texts and whole numbers name groups; a point with any other value is in none, as in Qdrant. */
    private Set<GroupId> groupsOf(Hit hit) throws IOException {
        Set<GroupId> ids = new LinkedHashSet<>();
        for (Value value : key.elements(points.reader().payload(hit.document()))) {
            Optional<GroupId> id = groupId(value);
            if (id.isEmpty()) {
                return Set.of();
            }
            ids.add(id.get());
        }
        return ids;
    }

    private static Optional<GroupId> groupId(Value value) {
        if (value.hasStringValue()) {
            return Optional.of(
                    GroupId.newBuilder().setStringValue(value.getStringValue()).build());
        }
        if (!value.hasIntegerValue()) {
            return Optional.empty();
        }
        long number = value.getIntegerValue();
        return Optional.of(
                number < 0
                        ? GroupId.newBuilder().setIntegerValue(number).build()
                        : GroupId.newBuilder().setUnsignedValue(number).build());
    }
}
