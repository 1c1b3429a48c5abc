package dev.dise.runtime.kafka;

import dev.dise.runtime.sink.KafkaRecords;
import dev.dise.runtime.sink.Partition;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** How far a consumer group is. */
public final class GroupPlaces {
    private static final long PATIENCE_SECONDS = 30;

    private GroupPlaces() {}

    /**
     * Up to which offset, exclusive, the group is done with each partition; a partition that it has never read is not named.
     *
     * @throws IllegalStateException if Kafka does not answer
     */
    public static Map<Partition, Long> of(KafkaClients kafka, String group) {
        try (Admin admin = kafka.admin()) {
            Map<Partition, Long> places = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, place) -> {
                        if (place != null) {
                            places.put(KafkaRecords.partition(partition), place.offset());
                        }
                    });
            return places;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not tell how far " + group + " is; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka", e);
        }
    }
}
