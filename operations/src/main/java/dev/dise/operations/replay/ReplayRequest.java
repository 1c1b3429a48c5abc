package dev.dise.operations.replay;

import dev.dise.operations.slice.RecordFilter;
import dev.dise.schemas.Store;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records to send again, and to which store.
 *
 * @param since from what the store's topic got then, by the broker's clock; null for its beginning
 * @param name what tells this replay from others: the same name again goes on with one that was killed
 * @param restart whether to begin anew instead
 * @param acceptGap whether to go on where the topic no longer reaches back that far
 */
public record ReplayRequest(
        Store store, @Nullable Instant since, RecordFilter filter, String name, boolean restart, boolean acceptGap) {}
