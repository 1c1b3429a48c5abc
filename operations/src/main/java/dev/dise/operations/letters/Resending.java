package dev.dise.operations.letters;

import dev.dise.runtime.kafka.VectorsTopics;
import dev.dise.runtime.sink.EventDecoder;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.SourceRecord.Header;
import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.Topic;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record that was refused out of its letter: key, value and headers as they came, for the partition that it came
 * from. Of the letter's own headers it keeps the count of attempts, so that the next letter counts on.
 */
final class Resending {
    private static final String PREFIX = "dlq.";
    private static final Set<String> EVENT_TOPICS =
            Set.of(Topic.EVENTS.topicName(), Topic.BULK.topicName(), Topic.RAG.topicName());

    private final EventDecoder decoder = new EventDecoder();

    /** Whether records of that topic can be sent again: the topics of events, and those of vectors. */
    static boolean takes(String topic) {
        return EVENT_TOPICS.contains(topic) || VectorsTopics.isOne(topic);
    }

    /** The record as it came. */
    ProducerRecord<byte[], byte[]> record(Letter letter) {
        return record(letter, letter.record().value());
    }

    /**
     * The record with other data.
     *
     * @throws IllegalArgumentException if it has no data that can be edited
     * @throws dev.dise.schemas.InvalidEventException if its stage would refuse it again
     */
    ProducerRecord<byte[], byte[]> record(Letter letter, LetterEdit edit) {
        byte[] before = letter.record().value();
        if (!EVENT_TOPICS.contains(letter.entry().id().partition().topic())) {
            throw new IllegalArgumentException("what is refused behind " + Topic.RAG.topicName()
                    + " is a point and no JSON: emit the artifact again instead");
        }
        byte[] after = edit.apply(before == null ? new byte[0] : before);
        decoder.decode(new SourceRecord(
                letter.entry().id().partition(),
                letter.entry().id().offset(),
                letter.record().appendedAt(),
                letter.record().key(),
                after,
                letter.record().headers()));
        return record(letter, after);
    }

    private static ProducerRecord<byte[], byte[]> record(Letter letter, byte @Nullable [] value) {
        LetterId id = letter.entry().id();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                id.partition().topic(),
                id.partition().number(),
                null,
                letter.record().key(),
                value,
                List.of());
        for (Header header : letter.record().headers()) {
            if (!header.name().startsWith(PREFIX) || header.name().equals(DeadLetterHeaders.ATTEMPTS)) {
                record.headers().add(header.name(), header.value());
            }
        }
        return record;
    }
}
