package dev.dise.operations.routing;

import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import java.util.List;
import java.util.Set;

/**
 * What a change of routing means for one type.
 *
 * @param type a deletion is of its target's type
 * @param events of that type that were looked at, deletions too
 * @param before names of the topics that they go to now
 * @param after names of those that they would go to
 * @param extraRows rows that PostgreSQL would have beside those that it has, at most: several events may be of one entity
 * @param extraEmbeddings artifacts to be embedded and put into Qdrant, at most
 * @param noLongerRows events that PostgreSQL would no longer get; what it has of them stays
 * @param noLongerEmbedded events that Qdrant would no longer get; what it has of them stays
 */
public record TypeMove(
        EventType type,
        long events,
        List<String> before,
        List<String> after,
        long extraRows,
        long extraEmbeddings,
        long noLongerRows,
        long noLongerEmbedded) {
    public TypeMove {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Of one event. */
    static TypeMove of(EventType type, boolean isDeletion, Set<Topic> before, Set<Topic> after) {
        return new TypeMove(
                type,
                1,
                names(before),
                names(after),
                !isDeletion && isAdded(Topic.BULK, before, after) ? 1 : 0,
                !isDeletion && isAdded(Topic.RAG, before, after) ? 1 : 0,
                isAdded(Topic.BULK, after, before) ? 1 : 0,
                isAdded(Topic.RAG, after, before) ? 1 : 0);
    }

    /** Both together; of one type. */
    TypeMove plus(TypeMove more) {
        return new TypeMove(
                type,
                events + more.events,
                before,
                after,
                extraRows + more.extraRows,
                extraEmbeddings + more.extraEmbeddings,
                noLongerRows + more.noLongerRows,
                noLongerEmbedded + more.noLongerEmbedded);
    }

    /** Whether anything changes. */
    public boolean isMoved() {
        return !before.equals(after);
    }

    private static boolean isAdded(Topic topic, Set<Topic> before, Set<Topic> after) {
        return after.contains(topic) && !before.contains(topic);
    }

    private static List<String> names(Set<Topic> topics) {
        return topics.stream().map(Topic::topicName).sorted().toList();
    }
}
