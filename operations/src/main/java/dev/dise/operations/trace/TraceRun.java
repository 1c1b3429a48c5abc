package dev.dise.operations.trace;

import dev.dise.operations.Progress;
import dev.dise.operations.letters.LetterDetail;
import dev.dise.operations.letters.LetterFilter;
import dev.dise.operations.letters.Letters;
import dev.dise.operations.trace.Trace.EventView;
import dev.dise.operations.trace.Trace.RefusedView;
import dev.dise.operations.trace.Trace.RouteView;
import dev.dise.operations.trace.Trace.Searched;
import dev.dise.operations.trace.Trace.Sighting;
import dev.dise.operations.trace.Trace.Standing;
import dev.dise.pg.EventRow;
import dev.dise.rag.StoredPoint;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.VectorsTopics;
import dev.dise.runtime.sink.Partition;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One trace: the stores are asked first, since what they have says where the records are; then the topics. */
final class TraceRun {
    /** Clocks differ, and a hop may be slow. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private static final List<Topic> EVENT_TOPICS = List.of(Topic.EVENTS, Topic.BULK, Topic.RAG);
    private static final int MOST_LETTERS = 20;

    private final Parts parts;
    private final TraceRequest request;
    private final List<String> notes;
    private final FoundRecords records = new FoundRecords();

    /** What it asks. */
    record Parts(KafkaClients clients, Rules rules, Letters letters, Stores stores, Progress progress) {}

    /** What was found beside records. */
    private record Found(
            @Nullable Envelope envelope,
            List<EventRow> rows,
            List<StoredPoint> points,
            List<Standing> standings,
            List<LetterDetail> letters) {}

    TraceRun(Parts parts, TraceRequest request, List<String> notes) {
        this.parts = parts;
        this.request = request;
        this.notes = notes;
    }

    Trace run() {
        Sought sought = Sought.of(idOf(request.id()));
        List<EventRow> rows = new ArrayList<>(parts.stores().rowsOf(sought.uuid()));
        List<StoredPoint> points = parts.stores().pointsOf(sought.id());
        readWhatStoresName(sought, rows, points);
        TopicSearches searches = searchFor(sought);
        String eventId = records.envelope().map(Envelope::id).orElse(sought.id());
        List<LetterDetail> letters = parts.letters().details(LetterFilter.all().withEventId(eventId), MOST_LETTERS);
        Optional<Envelope> envelope = records.envelope().or(() -> envelopeOf(letters));
        List<StoredPoint> itsPoints =
                eventId.equals(sought.id()) ? points : parts.stores().pointsOf(eventId);
        List<Standing> standings = envelope.map(event -> standings(event, rows)).orElse(List.of());
        return result(sought, searches, new Found(envelope.orElse(null), rows, itsPoints, standings, letters));
    }

    /** Of a place the id of the event there. */
    private String idOf(String idOrPlace) {
        return RecordPlace.parse(idOrPlace)
                .filter(place -> isTopic(place.partition().topic()))
                .flatMap(place -> place.read(parts.clients()))
                .map(record -> {
                    records.add(record);
                    return record.header(EnvelopeHeaders.ID);
                })
                .orElse(idOrPlace);
    }

    private void readWhatStoresName(Sought sought, List<EventRow> rows, List<StoredPoint> points) {
        Stream<RecordPlace> ofRows = rows.stream()
                .map(row ->
                        new RecordPlace(new Partition(row.sourceTopic(), row.sourcePartition()), row.sourceOffset()));
        Stream<RecordPlace> ofPoints = points.stream()
                .map(point -> new RecordPlace(
                        new Partition(point.sourceTopic(), point.sourcePartition()), point.sourceOffset()));
        Stream.concat(ofRows, ofPoints)
                .distinct()
                .filter(place -> isTopic(place.partition().topic()))
                .flatMap(place -> place.read(parts.clients()).stream())
                .filter(sought::isOf)
                .forEach(records::add);
    }

    /** Where the time is known from which on it can be, only that is read; if it is not there, everything. */
    private TopicSearches searchFor(Sought sought) {
        TopicSearches searches =
                new TopicSearches(parts.clients(), sought, parts.rules(), request.everyCopy(), parts.progress());
        records.all().forEach(searches::found);
        Instant from = request.since() != null ? request.since() : begin(sought);
        searches.search(missing(), from).forEach(records::add);
        if (records.all().isEmpty() && from != null && request.since() == null) {
            searches.search(missing(), null).forEach(records::add);
        }
        if (records.first(Topic.RAG).isPresent()
                || (mayBeIn(Topic.RAG) && !records.all().isEmpty())) {
            Instant embedded = records.first(Topic.RAG)
                    .map(record -> record.appendedAt().minus(SLACK))
                    .orElse(from);
            searches.search(VectorsTopics.names(parts.clients()), embedded).forEach(records::add);
        }
        return searches;
    }

    /** The topics that may have it and were not read yet. */
    private List<String> missing() {
        return EVENT_TOPICS.stream()
                .filter(topic -> request.everyCopy()
                        || (records.first(topic).isEmpty() && (topic == Topic.EVENTS || mayBeIn(topic))))
                .map(Topic::topicName)
                .toList();
    }

    /** By the rules of the config, as far as the type is known. */
    private boolean mayBeIn(Topic topic) {
        EventType type = request.type();
        return records.envelope()
                .map(event -> parts.rules().topicsOf(event).contains(topic))
                .orElseGet(() -> type == null || parts.rules().topicsOf(type).contains(topic));
    }

    /** An id made by time says when; else what was read says it. */
    private @Nullable Instant begin(Sought sought) {
        return sought.madeAt()
                .or(records::receivedAt)
                .or(() -> records.envelope().map(Envelope::time))
                .map(time -> time.minus(SLACK))
                .orElse(null);
    }

    private List<Standing> standings(Envelope envelope, List<EventRow> rows) {
        parts.stores().entityRows(envelope).stream()
                .filter(row -> !rows.contains(row))
                .forEach(rows::add);
        Set<Topic> topics = parts.rules().topicsOf(envelope);
        List<Standing> standings = new ArrayList<>();
        if (topics.contains(Topic.BULK)) {
            parts.stores().inPostgres(envelope, rows).ifPresent(standings::add);
        }
        if (topics.contains(Topic.RAG)) {
            standings.add(parts.stores().inQdrant(envelope));
        }
        return standings;
    }

    private Trace result(Sought sought, TopicSearches searches, Found found) {
        List<Sighting> sightings = records.sightings(request.raw());
        EventView event = found.envelope() == null ? null : event(found.envelope());
        RouteView route = found.envelope() == null ? null : parts.rules().routeOf(found.envelope());
        List<Searched> searched = new ArrayList<>(searches.searched());
        searched.add(new Searched(Topic.DEAD_LETTERS.topicName(), null, 0));
        searched.addAll(parts.stores().searched());
        List<EventRow> ofThis = found.rows().stream()
                .filter(row -> row.eventId().equals(sought.uuid()))
                .toList();
        Trace trace = new Trace(
                sought.id(),
                event,
                route,
                sightings,
                found.rows(),
                found.points(),
                found.standings(),
                found.letters().stream()
                        .map(letter -> new RefusedView(letter.letter(), letter.message(), letter.history()))
                        .toList(),
                Latencies.of(event, sightings, ofThis),
                searched,
                notes);
        notes.addAll(Notes.of(trace));
        return trace;
    }

    private EventView event(Envelope envelope) {
        EventType target = envelope.targetType();
        return new EventView(
                envelope.id(),
                envelope.type().wireName(),
                envelope.source(),
                envelope.subject(),
                envelope.time(),
                records.receivedAt().orElse(null),
                envelope.runId(),
                envelope.traceparent(),
                target == null ? null : target.wireName(),
                records.bytes());
    }

    private static Optional<Envelope> envelopeOf(List<LetterDetail> letters) {
        for (LetterDetail letter : letters) {
            try {
                return Optional.of(EnvelopeHeaders.decode(letter.record()::header));
            } catch (InvalidEventException e) {
                // Probably what it was refused for; another letter may have more.
            }
        }
        return Optional.empty();
    }

    private static boolean isTopic(String name) {
        return VectorsTopics.isOne(name)
                || Arrays.stream(Topic.values())
                        .anyMatch(topic -> topic.topicName().equals(name));
    }
}
