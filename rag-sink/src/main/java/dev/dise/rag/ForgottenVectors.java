package dev.dise.rag;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.kafka.VectorsTopics;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.InvalidEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Ends what the topics of vectors have of a forgotten subject: a last record for each of its points, which says nothing but which
 * point, so that compaction removes all that came before. Both halves of the sink learn from it that the points are gone.
 */
public final class ForgottenVectors {
    private final KafkaClients kafka;

    public ForgottenVectors(KafkaClients kafka) {
        this.kafka = kafka;
    }

    /**
     * The points whose newest record is of the subject, and not of its new life; reads all topics of vectors whole.
     *
     * @param watcher is told how many records have been read
     */
    public List<VectorEnd> find(ForgottenSubject subject, LongConsumer watcher) {
        Forgotten forgotten = Forgotten.nobody();
        forgotten.add(subject);
        List<VectorEnd> all = new ArrayList<>();
        long before = 0;
        for (String topic : VectorsTopics.names(kafka)) {
            Map<String, VectorEnd> ends = new LinkedHashMap<>();
            try (TopicScan scan = TopicScan.open(kafka, topic, new ScanStart.Beginning())) {
                for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                    records.forEach(record -> note(record, forgotten.isForgotten(record), subject, ends));
                    watcher.accept(before + scan.done());
                }
                before += scan.total();
            }
            all.addAll(ends.values());
        }
        return all;
    }

    /**
     * Writes the ends; returns once Kafka has them.
     *
     * @throws StoreUnavailableException if some may not be there; doing it again is harmless
     */
    public void write(List<VectorEnd> ends) throws StoreUnavailableException {
        try (Producer<byte[], byte[]> producer = kafka.producer("forgotten-vectors")) {
            List<Future<?>> sent = new ArrayList<>();
            ends.forEach(end -> sent.add(producer.send(record(end))));
            producer.flush();
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException("the topics of vectors cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while writing the ends of points", e);
        }
    }

    private static void note(
            SourceRecord record, boolean isForgotten, ForgottenSubject subject, Map<String, VectorEnd> ends) {
        byte[] key = record.key();
        if (key == null) {
            return;
        }
        String point = new String(key, StandardCharsets.UTF_8);
        if (!isForgotten) {
            ends.remove(point);
            return;
        }
        try {
            VectorRecord read = VectorRecord.from(record);
            Instant time = read.time();
            Instant until = time.isAfter(subject.forgottenAt()) ? time : subject.forgottenAt();
            int partition = record.partition().number();
            String topic = record.partition().topic();
            ends.put(point, new VectorEnd(topic, partition, read.change().id(), read.artifact(), read.chunk(), until));
        } catch (InvalidEventException e) {
            // Written by something else, and no point: no store has it.
            ends.remove(point);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(VectorEnd end) {
        PointChange change = new PointChange.Forget(end.point(), end.until());
        VectorRecord record = new VectorRecord(change, end.artifact(), end.chunk(), null, end.until());
        byte[] key = end.point().toString().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(end.topic(), end.partition(), key, null);
        record.headers().forEach(header -> sent.headers().add(header.name(), header.value()));
        return sent;
    }
}
