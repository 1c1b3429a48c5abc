package dev.dise.runtime.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.dise.schemas.Store;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a store that is not as its topic says.
 *
 * @param place the table, the collection, or of what is on its way the topic that it should be in
 * @param key what tells it from others there; of several columns separated by a slash
 * @param eventId of the event that it should be of; of what should not be there, of the event that it says
 * @param position of that event's record, as in {@code dise.bulk-3@1024}; null if it is not known
 * @param columns what differs, by name; empty unless there are two to compare
 */
public record Finding(
        Store store,
        Kind kind,
        String place,
        String key,
        @Nullable String eventId,
        @Nullable String position,
        List<String> columns) {
    public Finding {
        columns = List.copyOf(columns);
    }

    /** What is wrong. */
    public enum Kind {
        /** In the topic, not in the store. */
        MISSING,
        /** In the store, not in the topic. */
        EXTRA,
        /** There is an older version than there should be. */
        STALE,
        /** It is there, but with other content. */
        DIFFERENT,
        /** It has not passed on to the next topic, and no dead letter says why. */
        UNROUTED;

        /** The name in tables and JSON: {@code missing}. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
