package dev.dise.rag;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.data.Artifact;
import dev.dise.schemas.data.Deletion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Updates and deletions of many artifacts, shuffled and some of them repeated, and what is to be left in the end.
 *
 * @param events in the order in which they come
 * @param expected the newest name of each artifact that its newest version does not delete
 */
record Versions(List<Event> events, Map<String, String> expected) {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final int MOST_VERSIONS = 4;

    static Versions random(int artifacts, Random random) {
        List<Event> events = new ArrayList<>();
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < artifacts; i++) {
            String id = "artifact-" + i;
            int versions = 1 + random.nextInt(MOST_VERSIONS);
            for (int version = 1; version <= versions; version++) {
                Instant time = BEGIN.plusMillis(version);
                if (random.nextInt(4) == 0) {
                    events.add(Event.of(EventIds.next(), "urn:dise:test", time, Deletion.of(EventType.PLAN, id)));
                    expected.remove(id);
                } else {
                    String name = id + " v" + version;
                    events.add(Event.of(EventIds.next(), "urn:dise:test", time, artifact(id, name, random)));
                    expected.put(id, name);
                }
            }
        }
        int once = events.size();
        for (int i = 0; i < once / 10; i++) {
            events.add(events.get(random.nextInt(once)));
        }
        Collections.shuffle(events, random);
        return new Versions(events, expected);
    }

    /** Of one chunk or of some. */
    private static Artifact artifact(String id, String name, Random random) {
        return Artifact.of(EventType.PLAN, id, name, "words of content ".repeat(1 + random.nextInt(3) * 80));
    }
}
