package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.EnvelopeHeaders;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The promise that every accepted event is stored once or is a dead letter, and never both. A dead letter may double
 * after a crash, and then names the same record. Thread-safe.
 */
public final class EachEventOnce {
    private final Set<String> good = ConcurrentHashMap.newKeySet();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();

    /** An event that is to be stored. */
    public void accepted(String id) {
        good.add(id);
    }

    /** A record that is to be a dead letter. */
    public void acceptedPoison(String id) {
        poison.add(id);
    }

    /** Events of both kinds so far. */
    public int size() {
        return good.size() + poison.size();
    }

    /**
     * Fails with what is lost, double or unknown.
     *
     * @param stored the ids of the stored rows, as often as there are rows
     */
    public void check(Collection<String> stored, List<SourceRecord> letters) {
        requireSame("stored", new HashSet<>(stored), good);
        assertThat(twice(stored)).as("stored twice").isEmpty();
        Map<String, Set<String>> places = places(letters);
        requireSame("dead letters", places.keySet(), poison);
        assertThat(places.values())
                .as("records that each dead letter stands for")
                .allSatisfy(records -> assertThat(records).hasSize(1));
    }

    /** The records, as in {@code dise.bulk-0@7}, that the letters of each event name. */
    private static Map<String, Set<String>> places(List<SourceRecord> letters) {
        Map<String, Set<String>> places = new HashMap<>();
        for (SourceRecord letter : letters) {
            String place = letter.header(DeadLetterHeaders.TOPIC) + "-" + letter.header(DeadLetterHeaders.PARTITION)
                    + "@" + letter.header(DeadLetterHeaders.OFFSET);
            places.computeIfAbsent(String.valueOf(letter.header(EnvelopeHeaders.ID)), id -> new HashSet<>())
                    .add(place);
        }
        return places;
    }

    private static Set<String> twice(Collection<String> ids) {
        Set<String> seen = new HashSet<>();
        return ids.stream().filter(id -> !seen.add(id)).collect(Collectors.toSet());
    }

    private static void requireSame(String what, Set<String> actual, Set<String> expected) {
        Set<String> lost = new HashSet<>(expected);
        lost.removeAll(actual);
        assertThat(lost).as("%s: lost of %d", what, expected.size()).isEmpty();
        Set<String> unknown = new HashSet<>(actual);
        unknown.removeAll(expected);
        assertThat(unknown).as("%s: never accepted", what).isEmpty();
    }
}
