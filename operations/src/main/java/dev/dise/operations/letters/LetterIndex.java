package dev.dise.operations.letters;

import dev.dise.operations.Progress;
import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditFilter;
import dev.dise.operations.audit.AuditLog;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Topic;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Every dead letter that there is, with what has become of it, and where to read it; some 300 bytes each, whatever their
 * content. The letters are read before the audit, so what the audit says of them is never older than they are.
 */
final class LetterIndex {
    /** A letter, and where its newest copy is. */
    record Indexed(LetterEntry entry, Partition partition, long offset) {}

    private static final Comparator<Indexed> NEWEST_FIRST = Comparator.comparing(
                    (Indexed letter) -> letter.entry().at())
            .reversed()
            .thenComparing(letter -> letter.entry().id().toString());

    private final Map<LetterId, Indexed> letters = new LinkedHashMap<>();
    private final Map<String, String> messages = new HashMap<>();
    private final Map<Partition, Long> ends = new HashMap<>();
    private final LetterEntries entries;

    private LetterIndex(int maxAttempts) {
        this.entries = new LetterEntries(maxAttempts);
    }

    /**
     * Reads both topics to their present ends.
     *
     * @param maxAttempts how often a record may be tried before its letter is quarantined
     */
    static LetterIndex read(KafkaClients clients, AuditLog audit, int maxAttempts, Progress progress) {
        LetterIndex index = new LetterIndex(maxAttempts);
        try (TopicScan scan = TopicScan.open(clients, Topic.DEAD_LETTERS.topicName(), new ScanStart.Beginning())) {
            scan.spans().forEach((partition, span) -> index.ends.put(partition, span.to()));
            for (List<SourceRecord> records = scan.next(); !records.isEmpty(); records = scan.next()) {
                records.forEach(index::add);
                progress.at(scan.done(), scan.total());
            }
        }
        audit.read(AuditFilter.ofActions(Redrive.ACTION, Discard.ACTION), index::mark);
        return index;
    }

    /** The letters that match, the newest first. */
    Stream<Indexed> matching(LetterFilter filter) {
        return letters.values().stream()
                .filter(letter -> filter.matches(letter.entry()))
                .sorted(NEWEST_FIRST);
    }

    /** What the messages of the fingerprint have in common. */
    String message(String fingerprint) {
        return messages.getOrDefault(fingerprint, "");
    }

    /** Where the topic ended when this was read. */
    Map<Partition, Long> ends() {
        return Map.copyOf(ends);
    }

    /** Of a doubled letter the first one counts, but the newest copy is read: older ones may be removed. */
    private void add(SourceRecord record) {
        Fingerprint fingerprint = entries.fingerprint(record);
        LetterEntry entry = entries.entry(record, fingerprint);
        messages.putIfAbsent(entry.fingerprint(), fingerprint.message());
        Indexed known = letters.get(entry.id());
        letters.put(
                entry.id(), new Indexed(known == null ? entry : known.entry(), record.partition(), record.offset()));
    }

    private void mark(AuditEntry entry) {
        if (!entry.outcome().equals(AuditEntry.DONE)) {
            return;
        }
        LetterState state = entry.action().equals(Redrive.ACTION) ? LetterState.REDRIVEN : LetterState.DISCARDED;
        LetterId.parse(entry.target())
                .map(letters::get)
                .filter(Objects::nonNull)
                .ifPresent(letter -> letters.put(
                        letter.entry().id(),
                        new Indexed(letter.entry().withState(state), letter.partition(), letter.offset())));
    }
}
