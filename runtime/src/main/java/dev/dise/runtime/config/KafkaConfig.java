package dev.dise.runtime.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach Kafka, and how its topics are made.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param properties any client setting, TLS and SASL included; shown with its secrets hidden
 * @param partitions partitions of each topic of the line; dead letters have at most 3
 * @param replicationFactor copies of each partition; -1 leaves it to the broker
 */
public record KafkaConfig(
        String bootstrapServers, Map<String, String> properties, int partitions, int replicationFactor) {
    public KafkaConfig {
        properties = Map.copyOf(properties);
    }

    static KafkaConfig from(Section section) {
        KafkaConfig config = new KafkaConfig(
                section.requiredText("bootstrap_servers", "localhost:9092"),
                section.texts("properties"),
                section.number("partitions", 12, 1, 1000),
                section.number("replication_factor", -1, -1, 9));
        section.refuseUnknownKeys();
        return config;
    }

    /** The properties as they may be shown. */
    Map<String, String> shownProperties() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((key, value) -> SecretKeys.matches(key) ? "****" : value);
        return shown;
    }

    @Override
    public String toString() {
        return "KafkaConfig[bootstrapServers=" + bootstrapServers + ", properties=" + shownProperties()
                + ", partitions=" + partitions + ", replicationFactor=" + replicationFactor + "]";
    }
}
