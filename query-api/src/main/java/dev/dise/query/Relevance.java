package dev.dise.query;

import java.util.Locale;

/**
 * How well an artifact answers a question, and why.
 *
 * @param meaning cosine of the question and the nearest chunk
 * @param whole cosine of the question and the chunk that says what the artifact is
 * @param words BM25 of the question's words in the chunk that has most of them
 * @param wordCount how many different words the question has
 */
record Relevance(float meaning, float whole, float words, int wordCount) {
    /** The weights were found on 206 labelled questions, half of them kept back; {@code ./dise bench rag} has the figures. */
    private static final float WHOLE = 0.5f;
    /** What BM25 gives for a word of usual rarity that stands in a chunk often: an inverse document frequency of 5. */
    private static final float FULL_WORD = 5 * 2.2f;

    private static final float MOST = 1 + WHOLE + 1;
    /** Of questions that nothing fits, one in six has a hit above it. */
    private static final float LIKELY = 0.29f;
    /** Of questions with an answer, one in twelve has no hit above it. */
    private static final float UNSURE = 0.2f;

    /** How far the hit can be trusted. */
    enum Fit {
        LIKELY,
        UNSURE,
        UNLIKELY;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From 0 to 1: hits are in this order. */
    float score() {
        return Math.max(0, meaning + WHOLE * whole + share()) / MOST;
    }

    /** The share of the question's words that the artifact has, by weight; from 0 to 1. */
    float share() {
        return Math.min(1, words / (FULL_WORD * Math.max(2, wordCount)));
    }

    Fit fit() {
        return score() >= LIKELY ? Fit.LIKELY : score() >= UNSURE ? Fit.UNSURE : Fit.UNLIKELY;
    }
}
