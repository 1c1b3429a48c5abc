package dev.dise.cli.demo;

import java.time.Duration;

/**
 * What was measured on the way.
 *
 * @param ready from the start to a stack that can be used
 * @param visible from the first event to the last one visible in its stores
 * @param total all of it
 * @param undelivered events that Kafka did not take
 * @param memoryMebibytes of the whole process tree at the end; 0 where it cannot be measured
 */
record Figures(Duration ready, Duration visible, Duration total, Burst burst, long undelivered, long memoryMebibytes) {}
