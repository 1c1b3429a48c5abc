package dev.dise.query;

import dev.dise.embedded.EmbeddedPostgreSql;
import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import dev.dise.embedded.qdrant.EmbeddedQdrant;
import dev.dise.query.client.QueryClient;
import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Both stores, real and empty, with a query service before them. */
final class QueryStack implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");

    final EmbeddedPostgreSql postgres;
    final EmbeddedQdrant qdrant;
    final QueryApi api;
    final QueryClient client;
    final Health health = new Health();
    final DiseConfig config;
    private final HttpClient http = HttpClient.newHttpClient();
    private int inserted;

    private QueryStack(Path folder, String kafka) throws IOException, SQLException {
        postgres = EmbeddedPostgreSql.start(folder.resolve("pg"), 0, Durability.NO_FSYNC);
        qdrant = EmbeddedQdrant.start(folder.resolve("qdrant"), 0);
        layDownTables();
        config = configIn(folder, kafka);
        api = QueryApi.start(config, new AxisModel(), health, new Metrics());
        client = new QueryClient(address(""));
    }

    static QueryStack start(Path folder) throws IOException, SQLException {
        return start(folder, "localhost:9092");
    }

    /** The same with a Kafka that is there. */
    static QueryStack start(Path folder, String kafka) throws IOException, SQLException {
        return new QueryStack(folder, kafka);
    }

    /** Inserts a row of the first generation; JSON keys are its columns. Each row is a second younger than the last. */
    void insert(String table, String json) throws SQLException {
        ObjectNode row = (ObjectNode) Json.mapper().readTree(json);
        inserted++;
        Map<String, Object> defaults = Map.of(
                "event_id",
                UUID.randomUUID().toString(),
                "event_time",
                BEGIN.plusSeconds(inserted).toString(),
                "ingested_at",
                BEGIN.toString(),
                "source_topic",
                "dise.bulk",
                "source_partition",
                0,
                "source_offset",
                inserted);
        defaults.forEach((name, value) -> row.putIfAbsent(name, Json.mapper().valueToTree(value)));
        String columns = String.join(", ", row.propertyNames());
        String sql = "INSERT INTO dise_g1." + table + " (" + columns + ") SELECT " + columns
                + " FROM jsonb_populate_record(NULL::dise_g1." + table + ", ?::jsonb)";
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.toString());
            statement.executeUpdate();
        }
    }

    /** Inserts an entity, of which the first version is all there is. */
    void insertEntity(String table, String json) throws SQLException {
        ObjectNode row = (ObjectNode) Json.mapper().readTree(json);
        row.putArray("fields");
        row.put("occurrences", 1).put("first_seen", BEGIN.toString());
        if (table.equals("tool_bugs") && !row.has("resolved")) {
            row.put("resolved", false);
        }
        insert(table, row.toString());
    }

    /** Runs statements as the owner of the tables. */
    void sql(String statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** The answer as it is, with the path and query as they are. */
    HttpResponse<String> raw(String pathAndQuery) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address(pathAndQuery)).build(), BodyHandlers.ofString());
    }

    JsonNode json(String pathAndQuery) throws IOException, InterruptedException {
        return Json.mapper().readTree(raw(pathAndQuery).body());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Sends a first line that no client would, and returns what comes back. */
    String talk(String requestLine) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            byte[] request =
                    (requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    URI address(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + api.port() + pathAndQuery);
    }

    @Override
    public void close() {
        http.close();
        client.close();
        api.close();
        qdrant.close();
        postgres.close();
    }

    private DiseConfig configIn(Path folder, String kafka) throws IOException {
        String yaml = """
                database:
                  {host: %s, port: %d, database: %s, user: %s, password: %s, max_connections: 4,
                   sql: {user: dise_sql, password: dise123}}
                rag: {qdrant: {host: 127.0.0.1, grpc_port: %d}}
                query: {port: 0, sql: {enabled: true}}
                kafka: {bootstrap_servers: '%s', partitions: 1, replication_factor: 1}
                """.formatted(
                        postgres.host(),
                        postgres.port(),
                        postgres.database(),
                        postgres.user(),
                        postgres.password(),
                        qdrant.port(),
                        kafka);
        return DiseConfig.load(Files.writeString(folder.resolve("config.yaml"), yaml), Map.of());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private void layDownTables() throws IOException, SQLException {
        try (Connection connection = connect()) {
            SinkTables.layDown(connection);
        }
    }
}
