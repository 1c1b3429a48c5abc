package dev.dise.operations.rebuild;

import dev.dise.rag.generations.Cost;

/**
 * What a new model would cost.
 *
 * @param model its label, as in {@code openai:text-embedding-3-small}
 */
public record ModelCost(String model, Cost cost) {}
