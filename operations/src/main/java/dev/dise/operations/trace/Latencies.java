package dev.dise.operations.trace;

import dev.dise.operations.trace.Trace.EventView;
import dev.dise.operations.trace.Trace.Latency;
import dev.dise.operations.trace.Trace.Sighting;
import dev.dise.pg.EventRow;
import dev.dise.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The times between the places of an event; of several records in a topic the first one counts, of points the last. */
final class Latencies {
    private static final String EMITTED = "emitted";
    private static final String RECEIVED = "gateway";

    private final List<Sighting> sightings;
    private final List<Latency> latencies = new ArrayList<>();

    private Latencies(List<Sighting> sightings) {
        this.sightings = sightings;
    }

    static List<Latency> of(@Nullable EventView event, List<Sighting> sightings, List<EventRow> rows) {
        Latencies all = new Latencies(sightings);
        Instant events = all.first(Topic.EVENTS);
        if (event != null) {
            all.add(EMITTED, event.time(), RECEIVED, event.receivedAt());
            boolean received = event.receivedAt() != null;
            all.add(
                    received ? RECEIVED : EMITTED,
                    received ? event.receivedAt() : event.time(),
                    Topic.EVENTS.topicName(),
                    events);
        }
        Instant bulk = all.first(Topic.BULK);
        Instant rag = all.first(Topic.RAG);
        all.add(Topic.EVENTS.topicName(), events, Topic.BULK.topicName(), bulk);
        all.add(
                Topic.BULK.topicName(),
                bulk,
                "PostgreSQL",
                rows.stream()
                        .map(EventRow::ingestedAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
        all.add(Topic.EVENTS.topicName(), events, Topic.RAG.topicName(), rag);
        all.add(Topic.RAG.topicName(), rag, Topic.VECTORS.topicName(), all.last(Topic.VECTORS));
        return List.copyOf(all.latencies);
    }

    private void add(String from, @Nullable Instant begin, String to, @Nullable Instant end) {
        if (begin != null && end != null) {
            latencies.add(new Latency(
                    from, to, Duration.between(millis(begin), millis(end)).toMillis()));
        }
    }

    /** The broker's times have no more, and what is cut off must not make a time negative. */
    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private @Nullable Instant first(Topic topic) {
        return times(topic).min(Comparator.naturalOrder()).orElse(null);
    }

    private @Nullable Instant last(Topic topic) {
        return times(topic).max(Comparator.naturalOrder()).orElse(null);
    }

    private Stream<Instant> times(Topic topic) {
        return sightings.stream()
                .filter(sighting -> sighting.topic().equals(topic.topicName()))
                .map(Sighting::appendedAt);
    }
}
