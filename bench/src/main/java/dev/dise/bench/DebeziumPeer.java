package dev.dise.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Debezium's JDBC sink on the same events, upserting by event id, with the settings it is fastest with: large batches,
 * one statement a batch (UNNEST), and the schema told once instead of with each record. It is timed warm, from its first
 * rows' commit to its last's.
 */
final class DebeziumPeer {
    private static final String BATCH = "5000";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final BenchServers servers;
    private final LogEvents events;

    DebeziumPeer(BenchServers servers, LogEvents events) {
        this.servers = servers;
        this.events = events;
    }

    double rowsPerSecond(int rows) throws Exception {
        int warmUp = SinkRun.warmUp(rows);
        new DebeziumTopic(servers.config(1, 1).kafka(), events).fill(warmUp + rows);
        try (DebeziumTable table = DebeziumTable.create(servers.connect());
                ChildJvm connect = ConnectProcess.start(servers.folder(), worker(), connector())) {
            awaitAllBelow(warmUp, table, connect);
            long begun = System.nanoTime();
            long before = table.rows();
            awaitAllBelow(warmUp + rows, table, connect);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long after = table.rows();
            if (after != warmUp + rows) {
                throw new IllegalStateException("Debezium stored " + after + " rows instead of " + (warmUp + rows));
            }
            return (after - before) / seconds;
        }
    }

    /** A partition is written in order, so its last row tells of all before. */
    private void awaitAllBelow(int number, DebeziumTable table, ChildJvm connect) throws Exception {
        int[] lasts = IntStream.range(Math.max(0, number - BenchTopic.PARTITIONS), number)
                .toArray();
        Waiting.until("Debezium has stored its rows", PATIENCE, () -> hasAll(lasts, table, connect));
    }

    private boolean hasAll(int[] numbers, DebeziumTable table, ChildJvm connect) throws SQLException, IOException {
        connect.requireRunning();
        for (int number : numbers) {
            if (!table.has(events.at(number).id())) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> worker() {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", servers.bootstrapServers());
        settings.put("listeners", "http://127.0.0.1:0");
        settings.put("plugin.discovery", "service_load");
        settings.put(
                "offset.storage.file.filename",
                servers.folder().resolve("connect.offsets").toString());
        settings.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "true");
        settings.put("value.converter.schema.content", DebeziumTopic.schema());
        return settings;
    }

    private Map<String, String> connector() {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", "debezium");
        settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        settings.put("tasks.max", "2");
        settings.put("topics", DebeziumTopic.NAME);
        settings.put("connection.url", servers.postgres().jdbcUrl() + "?reWriteBatchedInserts=true");
        settings.put("connection.username", servers.postgres().user());
        settings.put("connection.password", servers.postgres().password());
        settings.put("collection.name.format", DebeziumTable.NAME);
        settings.put("insert.mode", "upsert");
        settings.put("primary.key.mode", "record_value");
        settings.put("primary.key.fields", "event_id");
        settings.put("schema.evolution", "none");
        settings.put("batch.size", BATCH);
        settings.put("dialect.postgres.unnest.insert.enabled", "true");
        settings.put("consumer.override.max.poll.records", BATCH);
        settings.put("consumer.override.max.partition.fetch.bytes", Integer.toString(8 << 20));
        settings.put("consumer.override.auto.offset.reset", "earliest");
        return settings;
    }
}
