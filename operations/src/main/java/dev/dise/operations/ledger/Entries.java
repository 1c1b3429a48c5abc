package dev.dise.operations.ledger;

import dev.dise.pg.ledger.AcceptedEvent;
import dev.dise.pg.ledger.LetterAction;
import dev.dise.pg.ledger.LetterEntry;
import dev.dise.pg.ledger.PassedEvent;
import dev.dise.pg.ledger.PointEntry;
import dev.dise.rag.compare.StoredVersions.StoredVersion;
import dev.dise.router.Route;
import dev.dise.router.Routes;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Json;
import dev.dise.schemas.PointIds;
import dev.dise.schemas.Topic;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes entries of the books of records and points. */
final class Entries {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern PLACE = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})(#.*)?");

    private Entries() {}

    /** A record of the first topic, with where the router sends it. */
    static AcceptedEvent accepted(SourceRecord record, Routes routes) {
        Route route = routes.of(record::header, record.value());
        return switch (route) {
            case Route.To to ->
                accepted(
                        record,
                        headers(EnvelopeHeaders.decode(record::header)),
                        to.topics().contains(Topic.BULK),
                        to.topics().contains(Topic.RAG));
            case Route.Refused refused -> accepted(record, null, false, false);
        };
    }

    /** A record behind it; empty if it does not say of which event it is. */
    static Optional<PassedEvent> passed(SourceRecord record) {
        String id = record.header(EnvelopeHeaders.ID);
        return id == null
                ? Optional.empty()
                : Optional.of(new PassedEvent(
                        record.partition().topic(), record.partition().number(), record.offset(), EventIds.asUuid(id)));
    }

    /** A dead letter; empty if it does not say where it came from. */
    static Optional<LetterEntry> letter(SourceRecord letter) {
        String topic = letter.header(DeadLetterHeaders.TOPIC);
        String partition = letter.header(DeadLetterHeaders.PARTITION);
        String offset = letter.header(DeadLetterHeaders.OFFSET);
        String id = letter.header(EnvelopeHeaders.ID);
        if (topic == null || !isNumber(partition) || !isNumber(offset)) {
            return Optional.empty();
        }
        return Optional.of(new LetterEntry(
                topic,
                Integer.parseInt(String.valueOf(partition)),
                Long.parseLong(String.valueOf(offset)),
                id == null ? null : EventIds.asUuid(id)));
    }

    /** What an entry of the audit log says of a letter; empty if it is about something else. */
    static Optional<LetterAction> action(SourceRecord audit) {
        byte[] value = audit.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode entry = Json.mapper().readTree(value);
            String action = entry.path("action").asString("");
            Matcher place = PLACE.matcher(entry.path("target").asString(""));
            if (!place.matches() || !(action.equals("redrive") || action.equals("discard"))) {
                return Optional.empty();
            }
            return Optional.of(new LetterAction(
                    place.group(1),
                    Integer.parseInt(place.group(2)),
                    Long.parseLong(place.group(3)),
                    action.equals("redrive")));
        } catch (JacksonException e) {
            // Not an entry of ours.
            return Optional.empty();
        }
    }

    static PointEntry point(StoredVersion version) {
        String id = version.eventId();
        return new PointEntry(
                version.point(), version.time(), id == null ? null : EventIds.asUuid(id), version.isEnd());
    }

    private static AcceptedEvent accepted(
            SourceRecord record, AcceptedEvent.@Nullable Headers headers, boolean forPostgres, boolean forQdrant) {
        return new AcceptedEvent(
                record.partition().number(), record.offset(), record.appendedAt(), headers, forPostgres, forQdrant);
    }

    private static AcceptedEvent.Headers headers(Envelope envelope) {
        EventType target = envelope.targetType() == null ? envelope.type() : envelope.targetType();
        UUID point = PointIds.pointId(target, target.isEntity() ? envelope.subject() : envelope.id());
        return new AcceptedEvent.Headers(
                EventIds.asUuid(envelope.id()), envelope.type(), target, envelope.subject(), envelope.time(), point);
    }

    private static boolean isNumber(@Nullable String text) {
        return text != null && NUMBER.matcher(text).matches();
    }
}
