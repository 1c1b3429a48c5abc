package dev.dise.rag.generations;

import dev.dise.embedding.ModelCard;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model that is to take the place of the live one.
 *
 * @param queries on which both are compared; if there are none, the names of stored artifacts are asked
 * @param minOverlap readers are not switched if fewer of the first ten artifacts are the same; from 0 to 1
 * @param told is told the comparison, before the switch
 */
public record NewModel(ModelCard card, List<String> queries, double minOverlap, Consumer<Overlap> told) {
    public NewModel {
        queries = List.copyOf(queries);
        if (!(minOverlap >= 0 && minOverlap <= 1)) {
            throw new IllegalArgumentException("an overlap is from 0 to 1, but is " + minOverlap);
        }
    }

    /** A model that is switched to whatever it finds. */
    public static NewModel of(ModelCard card) {
        return new NewModel(card, List.of(), 0, overlap -> {});
    }
}
