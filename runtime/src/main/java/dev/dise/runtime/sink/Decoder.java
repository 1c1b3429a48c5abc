package dev.dise.runtime.sink;

/**
 * Makes of a record what a sink writes.
 *
 * @param <T> what the sink writes
 */
@FunctionalInterface
public interface Decoder<T> {
    /**
     * Reads one record.
     *
     * @throws dev.dise.schemas.InvalidEventException if the record will never be readable: one dead letter
     */
    T decode(SourceRecord record);
}
