package dev.dise.ingest;

/**
 * Kafka's word that it has an event, and where.
 *
 * @param eventId the event's id
 * @param topic the topic it was written to
 * @param partition the partition its key led to
 * @param offset its place in the partition
 */
public record Receipt(String eventId, String topic, int partition, long offset) {}
