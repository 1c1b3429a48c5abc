package dev.dise.runtime.sink;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import java.util.List;
import java.util.Map;

/** Everything that Kafka has accepted, and what must have become of it. Thread-safe. */
public final class Ledger {
    private final EachEventOnce events = new EachEventOnce();
    private final NewestVersions entities = new NewestVersions();

    /**
     * What a store has.
     *
     * @param events ids of the events with a row each, as often as there are rows
     * @param entities each entity, named as {@link #entity} does
     */
    public record Stored(List<String> events, Map<String, NewestVersions.Version> entities) {}

    /** An event that is to be stored; of an entity later than all before. */
    public void accepted(Event event) {
        EventType type = event.envelope().type();
        if (type == EventType.BUG_REPORT || type == EventType.GENERATED_TOOL) {
            entities.accepted(
                    entity(type, event.envelope().subject()), event.envelope().id());
        } else {
            events.accepted(event.envelope().id());
        }
    }

    /** A record that is to be a dead letter. */
    public void acceptedPoison(String id) {
        events.acceptedPoison(id);
    }

    /** Events with a row each, and poison. */
    public int size() {
        return events.size();
    }

    /** Fails with everything that is lost, double, unknown, old or miscounted. */
    public void check(Stored stored, List<SourceRecord> letters) {
        events.check(stored.events(), letters);
        entities.check(stored.entities());
    }

    /** The name of an entity. */
    public static String entity(EventType type, String subject) {
        return type.wireName() + " " + subject;
    }
}
