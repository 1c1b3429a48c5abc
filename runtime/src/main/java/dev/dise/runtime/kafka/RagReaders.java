package dev.dise.runtime.kafka;

import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.GroupState;

/**
 * Who reads for Qdrant: the groups of the generations that a sink keeps up to date are those with members. A rebuild that is
 * under way is in no group, so it is no part of the line.
 */
final class RagReaders {
    private static final Pattern EMBEDS = Pattern.compile("rag-sink-embed-g(\\d+)");
    private static final Pattern WRITES = Pattern.compile("rag-sink-g(\\d+)");
    private static final Set<GroupState> WITH_MEMBERS =
            Set.of(GroupState.STABLE, GroupState.PREPARING_REBALANCE, GroupState.COMPLETING_REBALANCE);

    private final Admin admin;
    private final long patienceMillis;
    private final int firstGeneration;

    /**
     * @param firstGeneration whose groups are meant where no sink runs
     */
    RagReaders(Admin admin, long patienceMillis, int firstGeneration) {
        this.admin = admin;
        this.patienceMillis = patienceMillis;
        this.firstGeneration = firstGeneration;
    }

    /** Those that embed before those that write. */
    List<Line.Reader> find() throws ExecutionException, InterruptedException, TimeoutException {
        List<Integer> embedding = new ArrayList<>();
        List<Integer> writing = new ArrayList<>();
        for (GroupListing group : admin.listGroups(new ListGroupsOptions().inGroupStates(WITH_MEMBERS))
                .all()
                .get(patienceMillis, TimeUnit.MILLISECONDS)) {
            addNumber(EMBEDS.matcher(group.groupId()), embedding);
            addNumber(WRITES.matcher(group.groupId()), writing);
        }
        List<Line.Reader> readers = new ArrayList<>();
        for (int number : orFirst(embedding)) {
            readers.add(new Line.Reader(
                    name("embed", number, embedding), Topic.RAG.topicName(), "rag-sink-embed-g" + number));
        }
        for (int number : orFirst(writing)) {
            String group = "rag-sink-g" + number;
            readers.add(new Line.Reader(name("write", number, writing), topicOf(group), group));
        }
        return readers;
    }

    private List<Integer> orFirst(List<Integer> numbers) {
        return numbers.isEmpty()
                ? List.of(firstGeneration)
                : numbers.stream().sorted(Comparator.naturalOrder()).toList();
    }

    private static void addNumber(Matcher name, List<Integer> numbers) {
        if (name.matches()) {
            numbers.add(Integer.parseInt(name.group(1)));
        }
    }

    private static String name(String what, int number, List<Integer> all) {
        return all.size() > 1 ? "rag-sink (" + what + " g" + number + ")" : "rag-sink (" + what + ")";
    }

    /** Each model has its own topic of vectors; a group that has read nothing yet reads the first. */
    private String topicOf(String group) throws ExecutionException, InterruptedException, TimeoutException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(patienceMillis, TimeUnit.MILLISECONDS)
                .keySet()
                .stream()
                .findFirst()
                .map(partition -> partition.topic())
                .orElse(Topic.VECTORS.topicName());
    }
}
