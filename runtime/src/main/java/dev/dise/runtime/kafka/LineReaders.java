package dev.dise.runtime.kafka;

import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;

/**
 * Who reads the line: one reader for each group of a sink that Kafka knows, since every generation of a store has groups of its
 * own. A group that nobody is in, while somebody is in another one of the same sink, is left over from a generation of
 * before, and reads nothing any more.
 */
final class LineReaders {
    private static final String GENERATION = "(g[0-9]+)";

    private final List<Kind> kinds = new ArrayList<>();

    /**
     * One reader.
     *
     * @param usual the topic that it reads, unless its places say otherwise
     */
    record Reader(String name, Topic usual, String group) {}

    /**
     * Readers that do the same for different generations.
     *
     * @param groups what the names of their groups look like; its one part that varies names the generation
     * @param named how one of several is called
     * @param only the reader where there is no such group yet
     */
    private record Kind(Pattern groups, String named, Reader only) {}

    LineReaders(DiseConfig config) {
        int generation = config.rag().qdrant().generation();
        if (config.database().enabled()) {
            kinds.add(new Kind(
                    Pattern.compile("pg-sink-" + GENERATION),
                    "pg-sink (%s)",
                    new Reader(
                            "pg-sink",
                            Topic.BULK,
                            "pg-sink-g" + config.database().generation())));
        }
        kinds.add(new Kind(
                Pattern.compile("rag-sink-embed-(.+)"),
                "rag-sink (embed, %s)",
                new Reader("rag-sink (embed)", Topic.RAG, "rag-sink-embed-g" + generation)));
        kinds.add(new Kind(
                Pattern.compile("rag-sink-" + GENERATION),
                "rag-sink (write, %s)",
                new Reader("rag-sink (write)", Topic.VECTORS, "rag-sink-g" + generation)));
    }

    /** All, in the order in which events pass. */
    List<Reader> among(Collection<GroupListing> groups) {
        List<Reader> readers = new ArrayList<>();
        readers.add(new Reader("router", Topic.EVENTS, "dise-router"));
        kinds.forEach(kind -> readers.addAll(of(kind, groups)));
        return readers;
    }

    private static List<Reader> of(Kind kind, Collection<GroupListing> groups) {
        List<GroupListing> all = groups.stream()
                .filter(group -> kind.groups().matcher(group.groupId()).matches())
                .sorted(Comparator.comparingInt(
                                (GroupListing group) -> group.groupId().length())
                        .thenComparing(GroupListing::groupId))
                .toList();
        List<GroupListing> inUse = all.stream()
                .filter(group -> !group.groupState().equals(Optional.of(GroupState.EMPTY)))
                .toList();
        List<GroupListing> some = inUse.isEmpty() ? all : inUse;
        return switch (some.size()) {
            case 0 -> List.of(kind.only());
            case 1 ->
                List.of(new Reader(
                        kind.only().name(), kind.only().usual(), some.get(0).groupId()));
            default -> some.stream().map(group -> named(kind, group.groupId())).toList();
        };
    }

    private static Reader named(Kind kind, String group) {
        Matcher parts = kind.groups().matcher(group);
        String generation = parts.matches() ? parts.group(1) : group;
        return new Reader(kind.named().formatted(generation), kind.only().usual(), group);
    }
}
