package dev.dise.runtime.sink;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Says what is missing when a reader's place is no longer in the topic. */
final class Gap {
    private Gap() {}

    /** One sentence for each partition, with how many records are gone, and what to do. */
    static String describe(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> places) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(places.keySet());
        return places.entrySet().stream()
                .map(place -> describe(
                        place.getKey(), place.getValue(), begins.getOrDefault(place.getKey(), place.getValue())))
                .sorted()
                .collect(Collectors.joining("; ", "", ". Lengthen the topic's retention, and rebuild the store"));
    }

    private static String describe(TopicPartition partition, long place, long begin) {
        return begin > place
                ? (begin - place) + " records of " + partition + " are gone: offsets " + place + " to " + (begin - 1)
                        + " were deleted before they were read"
                : "the place " + place + " in " + partition + " is behind the topic's end: the topic was made anew";
    }
}
