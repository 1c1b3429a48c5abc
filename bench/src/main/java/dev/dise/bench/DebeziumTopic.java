package dev.dise.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topic that Debezium reads: the same events, flat, with a Connect schema that is told beside the records. */
final class DebeziumTopic {
    static final String NAME = "debezium-logs";

    private final KafkaClients clients;
    private final LogEvents events;

    DebeziumTopic(KafkaConfig config, LogEvents events) {
        this.clients = new KafkaClients(config);
        this.events = events;
    }

    /** The schema of the records, as Connect's JSON converter wants it. */
    static String schema() {
        return Json.mapper()
                .writeValueAsString(Map.of(
                        "type",
                        "struct",
                        "optional",
                        false,
                        "fields",
                        List.of(
                                field("event_id", "string", "io.debezium.data.Uuid"),
                                field("event_time", "string", "io.debezium.time.ZonedTimestamp"),
                                field("tool_id", "string", ""),
                                field("log_level", "string", ""),
                                field("message", "string", ""),
                                field("details", "string", "io.debezium.data.Json"),
                                field("source_topic", "string", ""),
                                field("source_partition", "int32", ""),
                                field("source_offset", "int64", ""))));
    }

    /** Makes the topic and writes the events of the numbers below, in turn to each partition. */
    void fill(int records) throws Exception {
        try (Admin admin = clients.admin();
                Producer<byte[], byte[]> producer = clients.producer("bench-peer")) {
            admin.createTopics(List.of(new NewTopic(NAME, BenchTopic.PARTITIONS, (short) 1)))
                    .all()
                    .get();
            for (int number = 0; number < records; number++) {
                var sent = producer.send(new ProducerRecord<>(NAME, partition(number), null, value(number)));
                if (number < BenchTopic.PARTITIONS) {
                    // The first of each partition travels alone, as in BenchTopic.
                    sent.get();
                }
            }
        }
    }

    static int partition(int number) {
        return number % BenchTopic.PARTITIONS;
    }

    private byte[] value(int number) {
        LogEvent event = events.at(number);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("event_id", event.id().toString());
        row.put("event_time", event.time().toString());
        row.put("tool_id", event.toolId());
        row.put("log_level", event.levelName());
        row.put("message", event.message());
        row.put("details", event.detailsJson());
        row.put("source_topic", NAME);
        row.put("source_partition", partition(number));
        row.put("source_offset", number / BenchTopic.PARTITIONS);
        return Json.mapper().writeValueAsString(row).getBytes(UTF_8);
    }

    private static Map<String, Object> field(String name, String type, String meaning) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("field", name);
        field.put("type", type);
        field.put("optional", false);
        if (!meaning.isEmpty()) {
            field.put("name", meaning);
            field.put("version", 1);
        }
        return field;
    }
}
