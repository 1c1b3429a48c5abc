package dev.dise.operations.slice;

import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditLog;
import dev.dise.runtime.kafka.KafkaClients;
import java.util.Map;
import java.util.TreeMap;

/** Takes deeds down in the audit log. */
public final class AuditTopic implements Audit {
    private final KafkaClients kafka;

    public AuditTopic(KafkaClients kafka) {
        this.kafka = kafka;
    }

    @Override
    public void note(Entry entry) {
        Map<String, String> detail = new TreeMap<>();
        entry.detail().forEach((name, value) -> detail.put(name, value.toString()));
        try (AuditLog log = new AuditLog(kafka)) {
            log.write(AuditEntry.done(entry.action(), entry.by(), entry.at(), entry.target(), detail));
        }
    }
}
