package dev.dise.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The promise that an entity is there once, at the version that was sent last, and has counted each version once. Holds
 * for versions of an entity that are sent in the order of their times. Thread-safe.
 */
public final class NewestVersions {
    private final Map<String, Version> expected = new ConcurrentHashMap<>();

    /**
     * An entity as it stands.
     *
     * @param eventId of the version
     * @param occurrences versions so far
     */
    public record Version(String eventId, long occurrences) {}

    /** A newer version of an entity. */
    public void accepted(String entity, String eventId) {
        expected.merge(
                entity,
                new Version(eventId, 1),
                (before, first) -> new Version(first.eventId(), before.occurrences() + 1));
    }

    /** Fails with the entities that are missing, old or miscounted. */
    public void check(Map<String, Version> stored) {
        assertThat(stored).as("entities").containsExactlyInAnyOrderEntriesOf(expected);
    }
}
