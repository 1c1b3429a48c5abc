package dev.dise.operations.forget;

import dev.dise.operations.replay.Replay;
import dev.dise.operations.replay.ReplayRequest;
import dev.dise.operations.slice.Patience;
import dev.dise.operations.slice.RecordFilter;
import dev.dise.operations.slice.SliceProgress;
import dev.dise.operations.slice.SliceReader;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.sink.Forgotten;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EventType;
import dev.dise.schemas.Store;
import dev.dise.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Events of a subject that came while it was being forgotten: an entity's row may have gone with what it had from before, a
 * point with the end of a former one. They are sent again; stores have each once.
 */
record NewLife(DiseConfig config, KafkaClients kafka, Patience patience) {
    void send(ForgottenSubject subject, SliceProgress progress) {
        EventType type = subject.type();
        RecordFilter filter = RecordFilter.ofSubject(subject.subject(), type == null ? Set.of() : Set.of(type));
        if (config.database().enabled()) {
            toPostgres(subject, filter, progress);
        }
        List<SourceRecord> artifacts = artifacts(subject, filter, progress);
        if (!artifacts.isEmpty()) {
            patience.with(progress, () -> sendOn(artifacts));
        }
    }

    private void toPostgres(ForgottenSubject subject, RecordFilter filter, SliceProgress progress) {
        ReplayRequest request = new ReplayRequest(
                Store.POSTGRES, subject.forgottenAt(), filter, "new life of " + subject.subject(), true, true);
        try (Replay replay = Replay.to(Store.POSTGRES, config, entry -> {})) {
            replay.run(request, subject.by(), progress);
        }
    }

    private List<SourceRecord> artifacts(ForgottenSubject subject, RecordFilter filter, SliceProgress progress) {
        Forgotten forgotten = Forgotten.nobody();
        forgotten.add(subject);
        List<SourceRecord> found = new ArrayList<>();
        new SliceReader(kafka, Topic.RAG.topicName(), patience)
                .look(
                        subject.forgottenAt(),
                        records -> records.stream()
                                .filter(record -> filter.accepts(record, any -> null))
                                .filter(record -> !forgotten.isForgotten(record))
                                .forEach(found::add),
                        progress);
        return found;
    }

    /** To the same topic: its reader publishes the same version again, and drops an older one. */
    private int sendOn(List<SourceRecord> records) throws StoreUnavailableException {
        try (Producer<byte[], byte[]> producer = kafka.producer("new-life")) {
            List<Future<?>> sent = new ArrayList<>();
            for (SourceRecord record : records) {
                ProducerRecord<byte[], byte[]> again = new ProducerRecord<>(
                        Topic.RAG.topicName(), record.partition().number(), record.key(), record.value());
                record.headers().forEach(header -> again.headers().add(header.name(), header.value()));
                sent.add(producer.send(again));
            }
            producer.flush();
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
            return sent.size();
        } catch (ExecutionException | KafkaException e) {
            throw new StoreUnavailableException(Topic.RAG.topicName() + " cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; run it again to complete it", e);
        }
    }
}
