package dev.dise.runtime.sink;

import java.util.ArrayList;
import java.util.HashMap;
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

    /**
     * The same in at most so many batches of consecutive deliveries, which together cover the same offsets.
     *
     * @param most at least 1
     */
    public List<Batch<T>> inPieces(int most) {
        int size = Math.max(1, (deliveries.size() + most - 1) / most);
        List<Batch<T>> pieces = new ArrayList<>();
        Map<Partition, Long> begins = new HashMap<>();
        spans.forEach((partition, span) -> begins.put(partition, span.from()));
        for (int from = 0; from < deliveries.size(); from += size) {
            List<Delivery<T>> piece = deliveries.subList(from, Math.min(from + size, deliveries.size()));
            pieces.add(new Batch<>(piece, spansOf(piece, begins)));
        }
        // The undecodable records behind the last delivery, and the partitions that have nothing else.
        Map<Partition, Span> rest = new HashMap<>();
        begins.forEach((partition, begin) -> {
            long end = spans.getOrDefault(partition, new Span(begin, begin)).to();
            if (begin < end) {
                rest.put(partition, new Span(begin, end));
            }
        });
        if (!rest.isEmpty()) {
            pieces.add(new Batch<>(List.of(), rest));
        }
        return pieces;
    }

    private static <T> Map<Partition, Span> spansOf(List<Delivery<T>> piece, Map<Partition, Long> begins) {
        Map<Partition, Span> spans = new HashMap<>();
        for (Delivery<T> delivery : piece) {
            Partition partition = delivery.record().partition();
            long end = delivery.record().offset() + 1;
            long begin = spans.containsKey(partition)
                    ? spans.get(partition).from()
                    : begins.getOrDefault(partition, end - 1);
            spans.put(partition, new Span(begin, end));
        }
        spans.forEach((partition, span) -> begins.put(partition, span.to()));
        return spans;
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
