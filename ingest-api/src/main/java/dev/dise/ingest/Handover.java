package dev.dise.ingest;

import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Gives events to the producer, and tells apart what it does not take now and what comes back later. One thread. */
final class Handover {
    /** What the producer said at the door. */
    enum Result {
        TAKEN,
        /** No producer, no metadata or no room: the same may be taken later. */
        TOO_EARLY,
        /** The producer cannot go on and is gone, with all that it had not delivered. */
        BROKEN
    }

    /** What becomes of an event that was taken; comes on the producer's own thread, or at once on this one. */
    interface Answer {
        void isIn(String topic, int partition, long offset);

        void isNotIn(Exception failure);
    }

    private final LazyProducer producer;

    Handover(LazyProducer producer) {
        this.producer = producer;
    }

    Result offer(ProducerRecord<byte[], byte[]> record, Answer answer) {
        Producer<byte[], byte[]> current = producer.get();
        if (current == null) {
            return Result.TOO_EARLY;
        }
        Door door = new Door(answer);
        try {
            // The answer comes by callback; the future would say the same.
            Future<?> unused = current.send(record, door);
        } catch (InterruptException e) {
            // We are asked to end; the loops see it.
            return Result.TOO_EARLY;
        } catch (RuntimeException | Error e) {
            // Kafka tells what may be cured through the answer; what it throws means this producer is finished; an
            // error is mostly a codec that cannot be loaded.
            producer.discard(e);
            return Result.BROKEN;
        }
        return door.tooEarly ? Result.TOO_EARLY : Result.TAKEN;
    }

    /** Makes another producer later, since this one fails. */
    void giveUp(Throwable failure) {
        producer.discard(failure);
    }

    void isGood() {
        producer.isGood();
    }

    void close() {
        producer.close();
    }

    private static final class Door implements Callback {
        private final Thread here = Thread.currentThread();
        private final Answer answer;
        /** Only ever touched by the thread at the door. */
        private boolean tooEarly;

        Door(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure instanceof RetriableException && Thread.currentThread() == here) {
                tooEarly = true;
            } else if (failure != null) {
                answer.isNotIn(failure);
            } else if (metadata != null) {
                answer.isIn(metadata.topic(), metadata.partition(), metadata.offset());
            }
        }
    }
}
