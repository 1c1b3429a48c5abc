package dev.dise.cli.imports;

import dev.dise.schemas.Event;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line of a DiSE memory: its events, or why it is refused; never both, never neither.
 *
 * @param file the name of the file
 * @param number the line in the file from 1; in an {@code index.json}, which entry it is
 * @param events the events that it says, valid by the contract of their types
 * @param refused why there are none, or null
 * @param adjustments what had to be changed
 */
public record ImportedLine(
        String file,
        long number,
        List<Event> events,
        @Nullable Refusal refused,
        Set<Adjustment> adjustments) {

    public ImportedLine {
        events = List.copyOf(events);
        adjustments = Set.copyOf(adjustments);
        if (events.isEmpty() == (refused == null)) {
            throw new IllegalArgumentException("a line has either events or a refusal");
        }
    }

    /** Why it is refused; empty if it was imported. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refused);
    }

    static ImportedLine refused(String file, long number, Refusal refusal) {
        return new ImportedLine(file, number, List.of(), refusal, Set.of());
    }
}
