package dev.dise.operations.routing;

import dev.dise.router.Route;
import dev.dise.router.Routes;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Envelope;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the routes of events before and after, and counts. */
final class Moves {
    private final Routes before;
    private final Routes after;
    private final Forgotten forgotten;
    private final Map<EventType, TypeMove> byType = new EnumMap<>(EventType.class);
    private long unroutable;
    private long left;

    /**
     * An event that goes where it did not go.
     *
     * @param to the topics that are new
     */
    record Move(SourceRecord record, Set<Topic> to) {}

    Moves(Routes before, Routes after, Forgotten forgotten) {
        this.before = before;
        this.after = after;
        this.forgotten = forgotten;
    }

    /** Those that move somewhere. */
    List<Move> of(List<SourceRecord> records) {
        List<Move> moves = new ArrayList<>();
        for (SourceRecord record : records) {
            if (forgotten.isForgotten(record)) {
                left++;
            } else if (before.of(record) instanceof Route.To was && after.of(record) instanceof Route.To is) {
                count(record, was.topics(), is.topics());
                Set<Topic> added = new HashSet<>(is.topics());
                added.removeAll(was.topics());
                if (!added.isEmpty()) {
                    moves.add(new Move(record, added));
                }
            } else {
                unroutable++;
            }
        }
        return moves;
    }

    RouteReport report(boolean resumed, long read, @Nullable Long sent, @Nullable String gap) {
        return new RouteReport(resumed, read, unroutable, left, List.copyOf(byType.values()), sent, gap);
    }

    private void count(SourceRecord record, Set<Topic> was, Set<Topic> is) {
        Envelope envelope = EnvelopeHeaders.decode(record::header);
        EventType target = envelope.targetType();
        EventType type = target == null ? envelope.type() : target;
        byType.merge(type, TypeMove.of(type, target != null, was, is), TypeMove::plus);
    }
}
