package dev.dise.rag.store;

import dev.dise.embedding.ModelCard;
import dev.dise.runtime.config.RagConfig;
import dev.dise.runtime.generations.GenerationState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generation of the collection as Qdrant tells it.
 *
 * @param isDescribed whether the collection says so itself; one that an earlier version has made does not
 * @param former the generation that readers saw before this one; 0 if none
 * @param isOpen whether a rebuild has begun it and not yet ended
 * @param highest the highest number that was ever given away, as far as this one knows
 */
public record Generation(
        int number,
        String collection,
        GenerationState state,
        Source source,
        boolean isDescribed,
        boolean isOpen,
        int former,
        int highest,
        @Nullable Instant startedAt,
        @Nullable Instant switchedAt) {
    static final String STATE = "dise_state";
    static final String OPEN = "dise_rebuild";
    static final String OPEN_YES = "open";
    static final String FORMER = "dise_former";
    static final String HIGHEST = "dise_highest";
    static final String STARTED = "dise_started_at";
    static final String SWITCHED = "dise_switched_at";

    /** The consumer group that reads its topic into it. */
    public String writeGroup() {
        return writeGroup(number);
    }

    /** The consumer group of a generation of this number. */
    public static String writeGroup(int number) {
        return "rag-sink-g" + number;
    }

    public ModelCard model() {
        return source.model();
    }

    public boolean isLive() {
        return state == GenerationState.LIVE;
    }

    /** Whether the sink keeps it up to date. */
    public boolean isWritten() {
        return state != GenerationState.BUILDING;
    }

    static Generation from(int number, String collection, boolean isLive, Map<String, String> notes, RagConfig config) {
        boolean isBuilding = GenerationState.BUILDING.wireName().equals(notes.get(STATE));
        GenerationState rest = isBuilding ? GenerationState.BUILDING : GenerationState.FOLLOWING;
        return new Generation(
                number,
                collection,
                isLive ? GenerationState.LIVE : rest,
                Source.from(notes, config),
                ModelCard.isIn(notes),
                OPEN_YES.equals(notes.get(OPEN)),
                number(notes.get(FORMER)),
                Math.max(number, number(notes.get(HIGHEST))),
                time(notes.get(STARTED)),
                time(notes.get(SWITCHED)));
    }

    static Map<String, String> notes(GenerationState state, Source source, Instant now) {
        Map<String, String> notes = new HashMap<>(source.notes());
        notes.put(STATE, state.wireName());
        notes.put(STARTED, now.toString());
        notes.put(OPEN, state == GenerationState.BUILDING ? OPEN_YES : "");
        return notes;
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            // Somebody else's note: nothing depends on it.
            return null;
        }
    }
}
