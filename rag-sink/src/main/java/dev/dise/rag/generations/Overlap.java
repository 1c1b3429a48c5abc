package dev.dise.rag.generations;

/**
 * How much two models agree, by meaning alone: the mean share of the first ten artifacts that they have in common.
 *
 * @param at10 from 0 to 1
 * @param queries that were asked of both
 */
public record Overlap(double at10, int queries) {}
