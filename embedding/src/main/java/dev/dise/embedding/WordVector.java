package dev.dise.embedding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.util.StringHelper;

/**
 * The words of a text as a sparse vector, so that an exact name or error code is found. A stored text weighs its words as
 * BM25 does (Robertson and Zaragoza, 2009) but for their rarity, which the store knows and multiplies in (Qdrant's
 * modifier {@code idf}).
 *
 * @param indices the words, each by 32 bits of its MurmurHash3, in ascending order of their signed value
 * @param values the weight of each, above 0; as many
 */
public record WordVector(List<Integer> indices, List<Float> values) {
    /** The name of the vector in a collection. */
    public static final String NAME = "words";

    /** How soon more of the same word adds no more; the usual value. */
    private static final float K1 = 1.2f;
    /** How much a long text's words count less; the usual value. */
    private static final float B = 0.75f;
    /** Words of a usual chunk; BM25's mean length, which a log that is still being written does not have. */
    private static final float USUAL_LENGTH = 150;

    private static final int SEED = 0;

    public WordVector {
        indices = List.copyOf(indices);
        values = List.copyOf(values);
    }

    /** Of a text that is stored; empty if it has no words. */
    public static WordVector ofText(String text) {
        List<String> words = Words.of(text);
        float norm = K1 * (1 - B + B * words.size() / USUAL_LENGTH);
        Map<Integer, Float> weights = new TreeMap<>();
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        counts.forEach((word, count) -> weights.merge(index(word), count * (K1 + 1) / (count + norm), Float::sum));
        return of(weights);
    }

    /** Of a question: each word counts as often as it is there. */
    public static WordVector ofQuestion(String text) {
        Map<Integer, Float> weights = new TreeMap<>();
        Words.of(text).forEach(word -> weights.merge(index(word), 1f, Float::sum));
        return of(weights);
    }

    /** Whether there is no word in it. */
    public boolean isEmpty() {
        return indices.isEmpty();
    }

    private static WordVector of(Map<Integer, Float> weights) {
        return new WordVector(new ArrayList<>(weights.keySet()), new ArrayList<>(weights.values()));
    }

    private static int index(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return StringHelper.murmurhash3_x86_32(bytes, 0, bytes.length, SEED);
    }
}
