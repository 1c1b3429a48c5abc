package dev.dise.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Counts the statements that carry rows, as PostgreSQL's own log tells them. */
final class StatementCount {
    /** Savepoints, offsets and migrations are not among them. */
    private static final Pattern CARRIES_ROWS = Pattern.compile(
            "LOG: +(execute [^:]*|statement): *(INSERT INTO|COPY|MERGE INTO) (?!.*(sink_offsets|flyway_schema_history))");

    private final BenchServers servers;
    private final SinkRun sink;

    StatementCount(BenchServers servers, SinkRun sink) {
        this.servers = servers;
        this.sink = sink;
    }

    /** The statements that the records take as one batch. */
    long of(Dataset dataset) throws Exception {
        Path log = servers.postgresLog();
        long before = Files.size(log);
        setLogging("'all'");
        try {
            sink.run(dataset, dataset.records(), place -> {});
        } finally {
            setLogging("DEFAULT");
        }
        byte[] text = Files.readAllBytes(log);
        String said = new String(text, (int) before, (int) (text.length - before), StandardCharsets.UTF_8);
        return said.lines().filter(line -> CARRIES_ROWS.matcher(line).find()).count();
    }

    private void setLogging(String level) throws SQLException {
        try (Connection connection = servers.connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + servers.postgres().user() + " SET log_statement = " + level);
        }
    }
}
