package dev.dise.ingest;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/** Why an event was not delivered; the code in reports and metrics. */
public enum DropReason {
    /** More bytes were waiting for acknowledgement than the buffer may hold. */
    BUFFER_FULL,
    /** Buffer and spool were full. */
    SPOOL_FULL,
    /** The buffer was full, and the disk of the spool is full, broken or not to be written. */
    SPOOL_FAILED,
    /**
     * An event in the spool that could not be read any more; of the spool of an earlier process, a place where something else
     * stood, which may have been several events.
     */
    SPOOL_DAMAGED,
    /** The data is no event: it cannot be written as JSON or breaks a rule of the envelope. */
    INVALID,
    /** Larger than an event, a request or the topic allows. */
    TOO_LARGE,
    /** No acknowledgement within the delivery timeout; Kafka may have the event all the same. */
    DELIVERY_TIMEOUT,
    /** The broker refused it for good, as for want of permission. */
    BROKER_REFUSED,
    /** The emitter was closed before the acknowledgement came; Kafka may have the event all the same. */
    CLOSED;

    /** What the failure of a producer means, once it will not try again. */
    static DropReason of(Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            return TOO_LARGE;
        }
        return failure instanceof RetriableException ? DELIVERY_TIMEOUT : BROKER_REFUSED;
    }
}
