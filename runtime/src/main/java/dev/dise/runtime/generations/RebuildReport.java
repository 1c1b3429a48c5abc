package dev.dise.runtime.generations;

import java.time.Duration;

/**
 * What a rebuild has done.
 *
 * @param generation what was built
 * @param records of the topic that it read
 * @param took from its beginning to its end, without earlier tries that were killed
 * @param digest order-independent digest of the new generation, the same as that of the generation it was verified against
 * @param switched how long readers and writers waited for the switch; zero if there was none
 */
public record RebuildReport(GenerationInfo generation, long records, Duration took, String digest, Duration switched) {}
