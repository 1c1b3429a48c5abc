package dev.dise.operations.replay;

import dev.dise.operations.slice.RecordFilter;
import dev.dise.schemas.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
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
        Store store, @Nullable Instant since, RecordFilter filter, String name, boolean restart, boolean acceptGap) {
    /**
     * A name of what was typed: {@code 2h} is the same replay a minute later.
     *
     * @param said everything that says which records; null for what was not said
     */
    public static String name(Store store, Collection<String> types, Collection<String> ids, @Nullable String... said) {
        List<String> words = new ArrayList<>(List.of(store.wireName(), new TreeSet<>(types).toString()));
        Arrays.stream(said).map(String::valueOf).forEach(words::add);
        words.add(new TreeSet<>(ids).toString());
        return String.join("\n", words);
    }
}
