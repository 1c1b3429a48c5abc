package dev.dise.operations.backup;

import dev.dise.schemas.Topic;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Says that a restore was begun and not finished: of which backup, and when. It is kept as the note of a consumer group
 * that nobody is in, since that is with the broker as the records are, and goes without a trace.
 */
record RestoreMark(String backup, Instant startedAt) {
    private static final String GROUP = "dise-restore";
    private static final TopicPartition AT = new TopicPartition(Topic.EVENTS.topicName(), 0);

    static Optional<RestoreMark> read(Admin admin) {
        OffsetAndMetadata note = Broker.answered(
                        admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata())
                .get(AT);
        return note == null ? Optional.empty() : parse(note.metadata());
    }

    /** Kept from now on. */
    void write(Admin admin) {
        OffsetAndMetadata note = new OffsetAndMetadata(0, backup + " " + startedAt);
        Broker.answered(admin.alterConsumerGroupOffsets(GROUP, Map.of(AT, note)).all());
    }

    /** The restore is finished. */
    static void remove(Admin admin) {
        boolean there = Broker.answered(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .anyMatch(GROUP::equals);
        if (there) {
            Broker.answered(admin.deleteConsumerGroups(List.of(GROUP)).all());
        }
    }

    private static Optional<RestoreMark> parse(String note) {
        try {
            int space = note.indexOf(' ');
            return Optional.of(new RestoreMark(note.substring(0, space), Instant.parse(note.substring(space + 1))));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("the consumer group " + GROUP + " has a note that is none of a restore", e);
        }
    }
}
