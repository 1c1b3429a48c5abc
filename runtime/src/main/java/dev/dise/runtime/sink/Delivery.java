package dev.dise.runtime.sink;

/**
 * What a record says, together with the record, so that a failure always names its record.
 *
 * @param <T> what the sink writes: an event, or a point
 */
public record Delivery<T>(SourceRecord record, T content) {}
