package dev.dise.rag.generations;

import org.jspecify.annotations.Nullable;

/**
 * What a new model would cost.
 *
 * @param events of {@code dise.rag} that are embedded
 * @param texts they come to, a text for each chunk
 * @param distinct texts, each of which is embedded once
 * @param tokens of the distinct texts
 * @param areTokensExact whether they were counted as the model counts; else estimated
 * @param textsPerSecond measured now, with this model, on some of the texts
 * @param minutes at that rate
 * @param price of the tokens; null if no price was given
 */
public record Cost(
        long events,
        long texts,
        long distinct,
        long tokens,
        boolean areTokensExact,
        double textsPerSecond,
        double minutes,
        @Nullable Double price) {}
