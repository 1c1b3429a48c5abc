package dev.dise.gateway;

import dev.dise.schemas.DataReader;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes events of drafts: checks the data against its schema and fills in what the client left out. Thread-safe. */
final class EventReader {
    /** The source of events whose client names none. */
    static final String DEFAULT_SOURCE = "urn:dise:gateway";

    private final DataReader reader = new DataReader();

    /**
     * The event; its data are the very bytes of the draft.
     *
     * @throws InvalidEventException with every broken rule
     */
    Event read(Draft draft) {
        Attributes given = draft.attributes();
        EventType type = parseType(given.type());
        byte[] bytes = bytes(draft);
        ObjectNode data = reader.readFlat(type, bytes);
        Envelope envelope = new Envelope(
                Objects.requireNonNullElseGet(given.id(), EventIds::next),
                type,
                Objects.requireNonNullElse(given.source(), DEFAULT_SOURCE),
                subject(type, data, given.subject()),
                given.time() == null ? Instant.now() : EnvelopeHeaders.parseTime(given.time()),
                given.runId(),
                given.traceparent(),
                targetType(type, data));
        return new Event(envelope, bytes);
    }

    /**
     * Reads a type by its wire name or its CloudEvents name.
     *
     * @throws InvalidEventException with the list of what there is
     */
    static EventType parseType(@Nullable String name) {
        if (name == null) {
            throw Refusals.envelope("/type", "is required", null);
        }
        return EventType.forWireName(name)
                .or(() -> EventType.forCeType(name))
                .orElseThrow(() -> Refusals.unknownType(name));
    }

    private static byte[] bytes(Draft draft) {
        if (draft.dataLength() > Event.MAX_DATA_BYTES) {
            throw Refusals.tooLarge(
                    "must have at most " + Event.MAX_DATA_BYTES + " bytes but has " + draft.dataLength());
        }
        return draft.data();
    }

    private static String subject(EventType type, ObjectNode data, @Nullable String given) {
        String subject = data.get(type.subjectField()).stringValue();
        if (given != null && !given.equals(subject)) {
            throw Refusals.envelope("/subject", "must be the " + type.subjectField() + " of the data", given);
        }
        if (!Utf8.isWhole(subject)) {
            // The key in Kafka would be another one than the subject, and the same for different subjects.
            throw Refusals.envelope("/subject", "has half of a character", null);
        }
        return subject;
    }

    private static @Nullable EventType targetType(EventType type, ObjectNode data) {
        if (type != EventType.DELETION) {
            return null;
        }
        return parseType(data.get("target_type").stringValue());
    }
}
