package dev.dise.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The topics of the line, in the order in which an event passes them, with what each promises. */
public enum Topic {
    /** The log: every event, in order per key; kept 7 days. */
    EVENTS("dise.events", 12, 1024 * 1024, "delete", Duration.ofDays(7).toMillis()),
    /** What PostgreSQL stores; kept for ever, the source of its rebuild. */
    BULK("dise.bulk", 12, 2 * 1024 * 1024, "delete", Topic.FOR_EVER),
    /** What is to be embedded; kept for ever, the source when the model changes. */
    RAG("dise.rag", 12, 2 * 1024 * 1024, "delete", Topic.FOR_EVER),
    /**
     * Points ready to upsert by point id; compacted, the source of Qdrant's rebuild. Tombstones stay for ever: they are
     * versions, and what is older must not bring back what they ended.
     */
    VECTORS("dise.vectors", 12, 2 * 1024 * 1024, "compact", Topic.FOR_EVER),
    /** What was refused, as it came, with the reason in headers; kept 30 days. */
    DEAD_LETTERS(
            "dise.dead-letters",
            3,
            2 * 1024 * 1024,
            "delete",
            Duration.ofDays(30).toMillis()),
    /** What operators did: redriven, discarded, forgotten, rebuilt, restored; kept for ever, in one order. */
    AUDIT("dise.audit", 1, 2 * 1024 * 1024, "delete", Topic.FOR_EVER),
    /** Subjects that were forgotten, by subject; compacted. Whoever reads events leaves out what it names. */
    FORGOTTEN("dise.forgotten", 1, 1024 * 1024, "compact", Topic.FOR_EVER);

    private static final long FOR_EVER = -1;
    /** For ever, where Kafka has no word for it. */
    private static final Duration CENTURY = Duration.ofDays(36_525);

    private final String topicName;
    private final int partitions;
    private final int maxMessageBytes;
    private final String cleanupPolicy;
    private final long retentionMillis;

    Topic(String topicName, int partitions, int maxMessageBytes, String cleanupPolicy, long retentionMillis) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.maxMessageBytes = maxMessageBytes;
        this.cleanupPolicy = cleanupPolicy;
        this.retentionMillis = retentionMillis;
    }

    /** The name on the broker. */
    public String topicName() {
        return topicName;
    }

    /** Partitions on a cluster where the config does not say otherwise. */
    public int defaultPartitions() {
        return partitions;
    }

    /** Whether events pass it one by one, so that it has as many partitions as the config says; the others stay small. */
    public boolean carriesEvents() {
        return this == EVENTS || this == BULK || this == RAG || this == VECTORS;
    }

    /** The largest record batch that the topic takes, in bytes; grows along the line, since hops add headers. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /**
     * The topic's settings on the broker. {@code LogAppendTime} everywhere: with the client's time as record time,
     * retention deletes acknowledged events at once when a client's clock is behind.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cleanup.policy", cleanupPolicy);
        settings.put("retention.ms", Long.toString(retentionMillis));
        settings.put("max.message.bytes", Integer.toString(maxMessageBytes));
        settings.put("message.timestamp.type", "LogAppendTime");
        if (cleanupPolicy.equals("compact")) {
            settings.put("delete.retention.ms", Long.toString(CENTURY.toMillis()));
        }
        return settings;
    }
}
