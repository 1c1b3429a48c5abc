package dev.dise.runtime.sink;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one poll brought: the deliveries in order per partition, and the offsets that they and the undecodable records
 * between them cover.
 */
public record Batch<T>(List<Delivery<T>> deliveries, Map<Partition, Span> spans) {
    public Batch {
        deliveries = List.copyOf(deliveries);
        spans = Map.copyOf(spans);
    }

    /** A batch of deliveries alone; for tests and tools. */
    public static <T> Batch<T> of(List<Delivery<T>> deliveries) {
        Map<Partition, Span> spans = new LinkedHashMap<>();
        for (Delivery<T> delivery : deliveries) {
            long offset = delivery.record().offset();
            spans.merge(
                    delivery.record().partition(),
                    new Span(offset, offset + 1),
                    (a, b) -> new Span(Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
        }
        return new Batch<>(deliveries, spans);
    }

    /** The same without some partitions: they have another owner now. */
    public Batch<T> without(Set<Partition> partitions) {
        return new Batch<>(
                deliveries.stream()
                        .filter(delivery ->
                                !partitions.contains(delivery.record().partition()))
                        .toList(),
                spans.entrySet().stream()
                        .filter(span -> !partitions.contains(span.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
