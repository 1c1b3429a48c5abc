package dev.dise.operations.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The consumer groups of the line. */
final class Groups {
    static final String ROUTER = "dise-router";
    static final String EMBED = "rag-sink-embed-g";
    static final String WRITE = "rag-sink-g";
    static final String POSTGRES = "pg-sink-g";

    private final Admin admin;

    Groups(Admin admin) {
        this.admin = admin;
    }

    /** Where the groups whose name begins so go on, as they have committed it. */
    List<GroupPlace> places(String prefix) {
        List<GroupPlace> places = new ArrayList<>();
        for (String group : names(name -> name.startsWith(prefix))) {
            Broker.answered(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, committed) -> {
                        if (committed != null) {
                            places.add(new GroupPlace(
                                    group, partition.topic(), partition.partition(), committed.offset()));
                        }
                    });
        }
        return places;
    }

    /** The groups of the line that somebody is in: services that run. */
    List<String> busy() {
        List<String> names = names(Groups::isOfTheLine);
        if (names.isEmpty()) {
            return List.of();
        }
        return Broker.answered(admin.describeConsumerGroups(names).all()).values().stream()
                .filter(group -> !group.members().isEmpty())
                .map(ConsumerGroupDescription::groupId)
                .sorted()
                .toList();
    }

    /** Lets groups go on at these places. */
    void set(List<GroupPlace> places) {
        places.stream().collect(Collectors.groupingBy(GroupPlace::group)).forEach((group, itsPlaces) -> {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            itsPlaces.forEach(place -> offsets.put(
                    new TopicPartition(place.topic(), place.partition()), new OffsetAndMetadata(place.offset())));
            Broker.answered(admin.alterConsumerGroupOffsets(group, offsets).all());
        });
    }

    private List<String> names(Predicate<String> wanted) {
        return Broker.answered(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .filter(wanted)
                .toList();
    }

    private static boolean isOfTheLine(String group) {
        return group.equals(ROUTER) || group.startsWith(EMBED) || group.startsWith(WRITE) || group.startsWith(POSTGRES);
    }
}
