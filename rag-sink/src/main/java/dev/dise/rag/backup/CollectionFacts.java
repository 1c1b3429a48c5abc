package dev.dise.rag.backup;

/**
 * What there is to know of a collection beside its points.
 *
 * @param generation its number
 * @param dimension how long the vectors of meaning are
 * @param config Qdrant's {@code CollectionConfig} in Base64: vectors, and what else was set or noted
 */
public record CollectionFacts(String name, int generation, int dimension, String config) {}
