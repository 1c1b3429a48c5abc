package dev.dise.runtime.sink;

/**
 * The offsets that a batch covers in one partition, whatever became of their records.
 *
 * @param from offset of the first record
 * @param to offset after the last record: where reading goes on
 */
public record Span(long from, long to) {}
