package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The promise that events of one key arrive in the order in which they were sent. A batch may come again, and then in
 * the same order: so what counts is when each event comes first.
 */
public final class OrderPerKey {
    private final Map<String, List<String>> sent = new LinkedHashMap<>();

    /** An event was sent, after all that were named before. */
    public void sent(String key, String id) {
        sent.computeIfAbsent(key, name -> new ArrayList<>()).add(id);
    }

    /** Fails with the key whose events came in another order. */
    public void check(List<Delivery<DecodedEvent>> arrived) {
        Map<String, Set<String>> first = new LinkedHashMap<>();
        arrived.forEach(
                delivery -> first.computeIfAbsent(delivery.content().envelope().subject(), key -> new LinkedHashSet<>())
                        .add(delivery.content().envelope().id()));
        sent.forEach((key, ids) -> assertThat(first.getOrDefault(key, Set.of()))
                .as("order of key %s", key)
                .containsExactlyElementsOf(ids));
    }
}
