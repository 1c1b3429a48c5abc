package dev.dise.operations.trace;

import dev.dise.operations.trace.Trace.Sighting;
import dev.dise.operations.trace.Trace.Standing;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.List;

/** What a trace means where it does not speak for itself. */
final class Notes {
    private static final String NOT_FOUND = "not found: it may never have been accepted (its emitter dropped it, which"
            + " ./dise status counts, or its spool still has it), it may be older than what "
            + Topic.EVENTS.topicName() + " and " + Topic.DEAD_LETTERS.topicName()
            + " keep, its subject may have been forgotten, or the id is another's";

    private Notes() {}

    static List<String> of(Trace trace) {
        List<String> notes = new ArrayList<>();
        if (!trace.found()) {
            notes.add(NOT_FOUND);
            return notes;
        }
        if (trace.event() == null) {
            notes.add("its headers are no envelope, so nothing is known of its type and its route");
        } else if (!isIn(trace, Topic.EVENTS)) {
            notes.add(
                    Topic.EVENTS.topicName() + " does not have it any more, or it was written straight to where it is");
        }
        for (Standing standing : trace.stores()) {
            if (standing.state().equals("absent") && trace.letters().isEmpty()) {
                notes.add("it is not in " + standing.store().wireName()
                        + " and was not refused: it is under way (./dise status shows who lags), or was removed");
            }
        }
        if (trace.latencies().stream().anyMatch(latency -> latency.millis() < 0)) {
            notes.add("a negative time says that two clocks differ");
        }
        return notes;
    }

    private static boolean isIn(Trace trace, Topic topic) {
        return trace.sightings().stream().map(Sighting::topic).anyMatch(topic.topicName()::equals);
    }
}
