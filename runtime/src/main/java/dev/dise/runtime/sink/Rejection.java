package dev.dise.runtime.sink;

/**
 * A record that will never be stored, and why.
 *
 * @param reason the code, as in {@code SCHEMA} or {@code PG_VALUE}
 * @param message the reason for a person; without values of the record
 */
public record Rejection(SourceRecord record, String reason, String message) {}
