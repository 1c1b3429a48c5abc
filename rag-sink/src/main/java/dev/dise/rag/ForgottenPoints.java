package dev.dise.rag;

import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.matchKeyword;

import dev.dise.rag.store.QdrantLink;
import dev.dise.runtime.config.RagConfig.Qdrant;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EventType;
import dev.dise.schemas.PointIds;
import io.qdrant.client.grpc.Common.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The points of a forgotten subject, in the collections of all generations: what can be found, and the markers of what was
 * deleted. Points of the subject's new life are left alone.
 */
public final class ForgottenPoints implements AutoCloseable {
    private static final String ARTIFACT = "artifact_id";
    private static final String TYPE = "artifact_type";
    /** Ids of one request at most. */
    private static final int MOST = 1_000;

    private final QdrantLink link;
    private final Pattern generations;

    private ForgottenPoints(Qdrant config) {
        this.link = new QdrantLink(config);
        this.generations = Pattern.compile(Pattern.quote(config.collection()) + "-g\\d+");
    }

    /** In the collections of this name. */
    public static ForgottenPoints in(Qdrant config) {
        return new ForgottenPoints(config);
    }

    /**
     * How many there are, by collection; none of those that have none.
     *
     * @param known points that the topic has of the subject: a marker says no subject
     */
    public Map<String, Long> count(ForgottenSubject subject, List<VectorEnd> known) throws StoreUnavailableException {
        Map<String, Long> counts = new TreeMap<>();
        for (String collection : collections()) {
            long points = 0;
            for (Filter which : filters(subject, known)) {
                points += count(collection, which);
            }
            if (points > 0) {
                counts.put(collection, points);
            }
        }
        return counts;
    }

    /** Removes them, and returns how many there were; what is added meanwhile is not among them. */
    public Map<String, Long> remove(ForgottenSubject subject, List<VectorEnd> known) throws StoreUnavailableException {
        Map<String, Long> removed = new TreeMap<>();
        for (String collection : collections()) {
            for (Filter which : filters(subject, known)) {
                long points = count(collection, which);
                if (points > 0) {
                    remove(collection, which);
                    removed.merge(collection, points, Long::sum);
                }
            }
        }
        return removed;
    }

    @Override
    public void close() {
        link.close();
    }

    private List<String> collections() throws StoreUnavailableException {
        return link.await(link.client().listCollectionsAsync(link.deadline())).stream()
                .filter(name -> generations.matcher(name).matches())
                .sorted()
                .toList();
    }

    private long count(String collection, Filter which) throws StoreUnavailableException {
        return link.await(link.client().countAsync(collection, which, true, link.deadline()));
    }

    private void remove(String collection, Filter which) throws StoreUnavailableException {
        link.await(link.client().deleteAsync(collection, which, link.deadline()));
    }

    private static List<Filter> filters(ForgottenSubject subject, List<VectorEnd> known) {
        Filter named = named(subject);
        List<Filter> filters = new ArrayList<>(List.of(named));
        List<VectorEnd> ends = new ArrayList<>(known);
        Arrays.stream(EventType.values())
                .filter(type -> subject.type() == null || subject.type() == type)
                .map(type -> PointIds.pointId(type, subject.subject()))
                .forEach(id -> ends.add(new VectorEnd("", 0, id, id, 0, subject.forgottenAt())));
        ends.stream().collect(Collectors.groupingBy(VectorEnd::until)).forEach((until, some) -> {
            for (int from = 0; from < some.size(); from += MOST) {
                filters.add(unnamed(some.subList(from, Math.min(from + MOST, some.size())), until, named));
            }
        });
        return filters;
    }

    private static Filter named(ForgottenSubject subject) {
        Filter.Builder named = Filter.newBuilder()
                .addMust(matchKeyword(ARTIFACT, subject.subject()))
                .addMust(filter(PointVersions.upTo(subject.forgottenAt())));
        EventType type = subject.type();
        if (type != null) {
            named.addMust(matchKeyword(TYPE, type.wireName()));
        }
        return named.build();
    }

    /** By id, without those that are named, so that none is counted twice. */
    private static Filter unnamed(List<VectorEnd> ends, Instant until, Filter named) {
        Set<UUID> points = ends.stream().map(VectorEnd::point).collect(Collectors.toSet());
        return PointVersions.upTo(points, until).toBuilder()
                .addMustNot(filter(named))
                .build();
    }
}
