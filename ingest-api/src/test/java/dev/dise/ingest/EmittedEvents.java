package dev.dise.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Numbered events, and the promises about them: what was called safe arrives, in order per key; nothing arrives that was
 * never emitted. What was neither called safe nor lost may arrive or not, and anywhere. Thread-safe.
 */
final class EmittedEvents {
    private static final String SOURCE = "urn:dise:test:numbered";

    private final String keys;
    private final Set<String> attempted = ConcurrentHashMap.newKeySet();
    private final Set<String> safe = ConcurrentHashMap.newKeySet();

    /** What a check has counted. */
    record Counts(int attempted, int safe, int duplicates) {}

    /**
     * @param keys how all of their keys begin, by which they are known among others
     */
    EmittedEvents(String keys) {
        this.keys = keys;
    }

    /** The event of that number; numbers of a key rise. */
    static Event event(String key, long number) {
        return Event.of(id(key, number), SOURCE, Instant.now(), Log.of(key, LogLevel.INFO, "n" + number));
    }

    static String id(String key, long number) {
        return key + "/" + number;
    }

    void isAttempted(String id) {
        attempted.add(id);
    }

    void isSafe(String id) {
        safe.add(id);
    }

    /** It was damaged on purpose. */
    void isLost(String id) {
        safe.remove(id);
    }

    Set<String> safe() {
        return safe;
    }

    /** Fails with what is lost, unknown or out of order. */
    Counts check(List<SourceRecord> arrived) {
        List<String> ids = arrived.stream()
                .filter(sent -> SOURCE.equals(sent.header(EnvelopeHeaders.SOURCE)))
                .map(sent -> String.valueOf(sent.header(EnvelopeHeaders.ID)))
                .filter(id -> id.startsWith(keys))
                .toList();
        Set<String> first = new LinkedHashSet<>(ids);
        assertThat(without(safe, first)).as("lost of %d", safe.size()).isEmpty();
        assertThat(without(first, attempted)).as("never emitted").isEmpty();
        Map<String, List<Long>> numbers = first.stream()
                .filter(safe::contains)
                .collect(Collectors.groupingBy(
                        EmittedEvents::key,
                        TreeMap::new,
                        Collectors.mapping(EmittedEvents::number, Collectors.toList())));
        numbers.forEach(
                (key, inOrder) -> assertThat(inOrder).as("order of key %s", key).isSorted());
        return new Counts(attempted.size(), safe.size(), ids.size() - first.size());
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static String key(String id) {
        return id.substring(0, id.lastIndexOf('/'));
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.lastIndexOf('/') + 1));
    }
}
