package dev.dise.cli;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes events of data that somebody has written, all of one type and source; the data's bytes stay as they are. */
final class Emission {
    private final DataReader reader = new DataReader();
    private final EventType type;
    private final String source;
    private final @Nullable String runId;
    private final @Nullable Instant time;

    /**
     * @param time of all events; null for each the moment in which it is made
     */
    Emission(EventType type, String source, @Nullable String runId, @Nullable Instant time) {
        this.type = type;
        this.source = source;
        this.runId = runId;
        this.time = time;
    }

    /**
     * The event of the data.
     *
     * @param id null for a new one
     * @throws dev.dise.schemas.InvalidEventException with every broken rule
     */
    Event event(@Nullable String id, byte[] data) {
        ObjectNode tree = reader.read(type, data);
        EventType target = type == EventType.DELETION
                ? EventType.forWireName(tree.get("target_type").stringValue()).orElseThrow()
                : null;
        String subject = tree.get(type.subjectField()).stringValue();
        String eventId = id == null ? EventIds.next() : id;
        Instant moment = time == null ? Instant.now() : time;
        return new Event(new Envelope(eventId, type, source, subject, moment, runId, null, target), data);
    }
}
