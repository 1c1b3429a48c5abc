package dev.dise.operations.routing;

import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends events on as the router does: key, value and headers as they came, to the partition that the key says. */
final class Backfill implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Patience patience;
    private long sent;

    Backfill(KafkaClients kafka, Patience patience) {
        this.producer = kafka.producer("route-apply");
        this.patience = patience;
    }

    /** Returns once Kafka has them all. */
    void send(List<Moves.Move> moves, SliceProgress progress) {
        sent += patience.with(progress, () -> trySend(moves));
    }

    long sent() {
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }

    private long trySend(List<Moves.Move> moves) throws StoreUnavailableException {
        try {
            List<Future<?>> acknowledgements = new ArrayList<>();
            for (Moves.Move move : moves) {
                move.to().forEach(topic -> acknowledgements.add(producer.send(record(topic, move.record()))));
            }
            producer.flush();
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
            return acknowledgements.size();
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException("Kafka does not take the events", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the same again goes on from here", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, SourceRecord record) {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(topic.topicName(), null, record.key(), record.value());
        record.headers().forEach(header -> sent.headers().add(header.name(), header.value()));
        return sent;
    }
}
