package dev.dise.operations.rebuild;

import dev.dise.embedding.ModelCard;
import java.util.List;

/**
 * A model that is to take the place of the live one.
 *
 * @param queries on which both are compared; if there are none, the names of stored artifacts are asked
 * @param minOverlap readers are not switched if fewer of the first ten artifacts are the same; from 0 to 1
 */
public record NewModelOrder(ModelCard card, List<String> queries, double minOverlap) {
    public NewModelOrder {
        queries = List.copyOf(queries);
        if (!(minOverlap >= 0 && minOverlap <= 1)) {
            throw new IllegalArgumentException("an overlap is from 0 to 1, but is " + minOverlap);
        }
    }
}
