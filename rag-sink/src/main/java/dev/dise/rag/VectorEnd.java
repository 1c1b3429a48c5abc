package dev.dise.rag;

import java.time.Instant;
import java.util.UUID;

/**
 * The end of a point whose subject was forgotten, as it is to be written to a topic of vectors.
 *
 * @param topic of vectors; each model has one
 * @param partition where the point's records are
 * @param artifact the point of the first chunk of its artifact
 * @param chunk which chunk of it the point is
 * @param until the newest event time that is meant
 */
public record VectorEnd(String topic, int partition, UUID point, UUID artifact, int chunk, Instant until) {}
