package dev.dise.runtime.sink;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.RetriableException;

/** The place as the consumer group remembers it; for stores that cannot keep it beside their rows. */
final class GroupPositions implements Positions {
    private final Consumer<byte[], byte[]> consumer;

    GroupPositions(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    @Override
    public Map<Partition, Long> of(Set<Partition> partitions) throws StoreUnavailableException {
        try {
            Map<Partition, Long> places = new HashMap<>();
            consumer.committed(partitions.stream()
                            .map(KafkaRecords::topicPartition)
                            .collect(Collectors.toSet()))
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            places.put(KafkaRecords.partition(partition), offset.offset());
                        }
                    });
            return places;
        } catch (RetriableException e) {
            throw new StoreUnavailableException("the group's offsets cannot be read", e);
        }
    }
}
