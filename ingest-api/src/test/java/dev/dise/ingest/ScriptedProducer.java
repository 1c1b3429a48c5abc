package dev.dise.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's mock, which can also refuse records at the door as the real producer does. */
public final class ScriptedProducer extends MockProducer<byte[], byte[]> {
    private final Queue<Throwable> refusals = new ConcurrentLinkedQueue<>();

    private ScriptedProducer(boolean acknowledges) {
        super(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static ScriptedProducer acknowledging() {
        return new ScriptedProducer(true);
    }

    static ScriptedProducer silent() {
        return new ScriptedProducer(false);
    }

    /** The next sends fail: with an {@link ApiException} through the callback, else by throwing. */
    ScriptedProducer refusing(Throwable... failures) {
        refusals.addAll(List.of(failures));
        return this;
    }

    List<String> subjects() {
        return history().stream().map(sent -> new String(sent.key(), UTF_8)).toList();
    }

    void refuseNoMore() {
        refusals.clear();
    }

    String dataOf(String subject) {
        return new String(sent(subject).value(), UTF_8);
    }

    String headerOf(String subject, String name) {
        return new String(sent(subject).headers().lastHeader(name).value(), UTF_8);
    }

    private ProducerRecord<byte[], byte[]> sent(String subject) {
        return history().stream()
                .filter(each -> new String(each.key(), UTF_8).equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent, Callback callback) {
        Throwable refusal = refusals.poll();
        if (refusal instanceof ApiException failure) {
            callback.onCompletion(null, failure);
            return CompletableFuture.failedFuture(failure);
        }
        if (refusal instanceof Error error) {
            throw error;
        }
        if (refusal instanceof RuntimeException failure) {
            throw failure;
        }
        return super.send(sent, callback);
    }
}
