package dev.dise.operations.ledger;

import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.EnvelopeHeaders;
import dev.dise.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Subjects that were forgotten, and when: events from before are as if they had never been. */
public final class ForgottenSubjects {
    private final Map<String, Instant> times;

    private ForgottenSubjects(Map<String, Instant> times) {
        this.times = Map.copyOf(times);
    }

    /** Reads them all; there are few. */
    public static ForgottenSubjects read(KafkaClients kafka) {
        Map<String, Instant> times = new HashMap<>();
        try (TopicScan scan = TopicScan.open(kafka, Topic.FORGOTTEN.topicName(), new ScanStart.Beginning())) {
            for (List<SourceRecord> some = scan.next(); !some.isEmpty(); some = scan.next()) {
                some.forEach(record -> note(record, times));
            }
        }
        return new ForgottenSubjects(times);
    }

    /** Whether the record is of such a subject, and from before it was forgotten. */
    public boolean has(SourceRecord record) {
        String subject = record.header(EnvelopeHeaders.SUBJECT);
        Instant forgotten = subject == null ? null : times.get(subject);
        return forgotten != null && !record.appendedAt().isAfter(forgotten);
    }

    Set<String> subjects() {
        return times.keySet();
    }

    private static void note(SourceRecord record, Map<String, Instant> times) {
        byte[] key = record.key();
        if (key == null) {
            return;
        }
        String subject = new String(key, StandardCharsets.UTF_8);
        if (record.value() == null) {
            times.remove(subject);
        } else {
            times.put(subject, record.appendedAt());
        }
    }
}
