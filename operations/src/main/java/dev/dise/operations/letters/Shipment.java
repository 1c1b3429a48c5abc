package dev.dise.operations.letters;

import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditLog;
import dev.dise.operations.letters.Redrive.Settings;
import dev.dise.runtime.kafka.KafkaClients;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** A piece of records that are sent together and then noted together. */
final class Shipment implements AutoCloseable {
    private final AuditLog audit;
    private final RedriveOrder order;
    private final Settings settings;
    private final Resending resending = new Resending();
    private final @Nullable Producer<byte[], byte[]> producer;
    private final List<Loaded> loaded = new ArrayList<>();

    /** A letter, and the record that is to go. */
    private record Loaded(Letter letter, ProducerRecord<byte[], byte[]> record) {}

    /** A letter, and what became of it. */
    record Sent(LetterId id, RedriveOutcome outcome) {}

    Shipment(KafkaClients clients, AuditLog audit, RedriveOrder order, Settings settings) {
        this.audit = audit;
        this.order = order;
        this.settings = settings;
        this.producer = order.dryRun() ? null : clients.producer("dise-redrive");
    }

    void load(Letter letter) {
        LetterEdit edit = order.edit();
        loaded.add(new Loaded(letter, edit == null ? resending.record(letter) : resending.record(letter, edit)));
    }

    int size() {
        return loaded.size();
    }

    /** Sends what is loaded, notes it, and returns what became of each when that is safe. */
    List<Sent> send() {
        List<Sent> sent = producer == null ? dryRun() : send(producer);
        loaded.clear();
        return sent;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }

    private List<Sent> dryRun() {
        return loaded.stream()
                .map(one -> new Sent(one.letter().entry().id(), RedriveOutcome.WOULD_SEND))
                .toList();
    }

    private List<Sent> send(Producer<byte[], byte[]> to) {
        List<Sent> sent = new ArrayList<>();
        List<AuditEntry> entries = new ArrayList<>();
        try {
            List<Future<RecordMetadata>> answers =
                    loaded.stream().map(one -> to.send(one.record())).toList();
            to.flush();
            for (int i = 0; i < answers.size(); i++) {
                Loaded one = loaded.get(i);
                RecordMetadata place = place(answers.get(i));
                if (place != null) {
                    entries.add(entry(one, place));
                }
                sent.add(new Sent(
                        one.letter().entry().id(), place == null ? RedriveOutcome.TOO_LARGE : RedriveOutcome.SENT));
            }
        } catch (ExecutionException | KafkaException e) {
            throw new IllegalStateException("Kafka does not take a record: " + e.getMessage() + "; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending records again", e);
        }
        settings.failpoints().hit("redrive.after_send");
        audit.write(entries);
        settings.failpoints().hit("redrive.after_audit");
        return sent;
    }

    /** Null if the record is too large. */
    private static @Nullable RecordMetadata place(Future<RecordMetadata> answer)
            throws ExecutionException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return null;
            }
            throw e;
        }
    }

    private AuditEntry entry(Loaded one, RecordMetadata place) {
        LetterEntry letter = one.letter().entry();
        Map<String, String> detail = new HashMap<>(Notes.of(letter));
        detail.put(Redrive.TO, place.topic() + "-" + place.partition() + "@" + place.offset());
        if (order.force()) {
            detail.put("force", "true");
        }
        if (order.edit() != null) {
            detail.put("sha256_before", sha256(one.letter().record().value()));
            detail.put("sha256_after", sha256(one.record().value()));
        }
        return AuditEntry.done(
                Redrive.ACTION,
                order.by(),
                settings.clock().instant(),
                letter.id().toString(),
                detail);
    }

    private static String sha256(byte @Nullable [] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(bytes == null ? new byte[0] : bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
