package dev.dise.operations.backup;

/**
 * Where a consumer group goes on reading.
 *
 * @param offset next to be read
 */
public record GroupPlace(String group, String topic, int partition, long offset) {}
