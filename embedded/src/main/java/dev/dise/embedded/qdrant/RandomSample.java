package dev.dise.embedded.qdrant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Picks points by chance, each once. */
final class RandomSample {

    private RandomSample() {}

    static List<Hit> of(List<Integer> documents, int limit) {
        List<Integer> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled);
        return shuffled.stream().limit(limit).map(Hit::unscored).toList();
    }
}
