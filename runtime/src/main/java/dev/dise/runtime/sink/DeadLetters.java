package dev.dise.runtime.sink;

import dev.dise.schemas.DeadLetterHeaders;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Writes dead letters: raw key, value and headers, with where they came from and why. Called from one thread; a letter
 * may come twice after a crash, and then names the same offset. A record that with these headers is larger than a letter
 * can be gets one that only names it.
 */
public final class DeadLetters implements Refusals, AutoCloseable {
    /** How the message of a letter begins that only names its record. */
    public static final String NOT_KEPT = "(too large to be kept here) ";

    private static final int SHOWN_MESSAGE = 1024;

    private final String stage;
    private final Producer<byte[], byte[]> producer;
    private final MeterRegistry meters;
    private final Clock clock;

    /**
     * @param stage who refuses, as in {@code pg-sink}
     * @param producer closed together with this
     */
    public DeadLetters(String stage, Producer<byte[], byte[]> producer, MeterRegistry meters, Clock clock) {
        this.stage = stage;
        this.producer = producer;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void accept(List<Rejection> rejections) throws StoreUnavailableException {
        if (rejections.isEmpty()) {
            return;
        }
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (Rejection rejection : rejections) {
                sent.add(producer.send(letter(rejection)));
            }
            // Nothing more comes that would be worth lingering for.
            producer.flush();
            for (int i = 0; i < sent.size(); i++) {
                await(sent.get(i), rejections.get(i));
            }
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException("dead letters cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while writing dead letters", e);
        }
        rejections.forEach(
                rejection -> meters.counter("dise.dead.letters", "stage", stage, "reason", rejection.reason())
                        .increment());
    }

    @Override
    public void close() {
        producer.close();
    }

    private void await(Future<?> acknowledgement, Rejection rejection) throws ExecutionException, InterruptedException {
        try {
            acknowledgement.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            // Nobody will ever take it whole, and waiting would stop the line for good.
            producer.send(letterWithoutContent(rejection)).get();
        }
    }

    private ProducerRecord<byte[], byte[]> letter(Rejection rejection) {
        SourceRecord record = rejection.record();
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(), null, record.key(), record.value());
        record.headers().forEach(header -> letter.headers().add(header.name(), header.value()));
        explain(letter, rejection);
        return letter;
    }

    /** Of a record that with what a letter adds is too large for its topic: where it is, and why it was refused. */
    private ProducerRecord<byte[], byte[]> letterWithoutContent(Rejection rejection) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(), null);
        explain(letter, rejection);
        add(letter, DeadLetterHeaders.MESSAGE, NOT_KEPT + shorten(rejection.message()));
        return letter;
    }

    private void explain(ProducerRecord<byte[], byte[]> letter, Rejection rejection) {
        SourceRecord record = rejection.record();
        add(letter, DeadLetterHeaders.TOPIC, record.partition().topic());
        add(
                letter,
                DeadLetterHeaders.PARTITION,
                Integer.toString(record.partition().number()));
        add(letter, DeadLetterHeaders.OFFSET, Long.toString(record.offset()));
        add(letter, DeadLetterHeaders.STAGE, stage);
        add(letter, DeadLetterHeaders.REASON, rejection.reason());
        add(letter, DeadLetterHeaders.MESSAGE, shorten(rejection.message()));
        add(letter, DeadLetterHeaders.ATTEMPTS, DeadLetterHeaders.attempts(record.header(DeadLetterHeaders.ATTEMPTS)));
        add(letter, DeadLetterHeaders.AT, EnvelopeHeaders.formatTime(clock.instant()));
    }

    private static void add(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String shorten(String message) {
        return message.length() <= SHOWN_MESSAGE ? message : message.substring(0, SHOWN_MESSAGE);
    }
}
