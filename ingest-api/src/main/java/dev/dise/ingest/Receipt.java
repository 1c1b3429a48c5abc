package dev.dise.ingest;

import dev.dise.schemas.Envelope;

/** The word that an event is safe, and where: it survives the process that emitted it. */
public sealed interface Receipt {
    /** The envelope of the event. */
    Envelope envelope();

    /** The event's id. */
    default String eventId() {
        return envelope().id();
    }

    /**
     * Kafka has acknowledged it.
     *
     * @param envelope the envelope of the event
     * @param topic the topic it was written to
     * @param partition the partition its key led to
     * @param offset its place in the partition
     */
    record InKafka(Envelope envelope, String topic, int partition, long offset) implements Receipt {}

    /**
     * Kafka was not to be had in time; the event is on disk, synced, in the spool of the emitter, which delivers it once
     * Kafka is back: this process, or the next one that opens the same spool.
     *
     * @param envelope the envelope of the event
     */
    record InSpool(Envelope envelope) implements Receipt {}
}
