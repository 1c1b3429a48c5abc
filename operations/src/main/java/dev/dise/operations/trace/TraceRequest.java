package dev.dise.operations.trace;

import dev.dise.schemas.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which event is looked for, and where.
 *
 * @param id of the event; or the place of a record of it, as in {@code dise.bulk-3@1024}
 * @param type where it is known
 * @param since no topic is read before then; null for all that the event can be in
 * @param everyCopy whether topics are read on to their ends after the event was found
 * @param raw whether the records themselves are wanted
 */
public record TraceRequest(
        String id, @Nullable EventType type, @Nullable Instant since, boolean everyCopy, boolean raw) {
    /** By its id alone. */
    public static TraceRequest of(String id) {
        return new TraceRequest(id, null, null, false, false);
    }

    /** The same for another id. */
    TraceRequest withId(String newId) {
        return new TraceRequest(newId, type, since, everyCopy, raw);
    }
}
