package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.Health;
import dev.dise.runtime.Metrics;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.keys.KeyFile;
import dev.dise.runtime.keys.NewKey;
import dev.dise.runtime.keys.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask and who may change anything; no store is needed for that. */
class DoorIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutKeysOnlyThisMachineMayChangeAnythingAndNoForeignPage() throws Exception {
        try (QueryApi api = start("auto", "")) {
            assertThat(status(api, "GET /v1/admin/jobs", "Host: localhost")).isEqualTo(200);
            assertThat(status(api, "GET /v1/admin/jobs", "Host: 127.0.0.1:8081"))
                    .isEqualTo(200);
            assertThat(status(api, "GET /v1/admin/jobs", "Host: attacker.example"))
                    .isEqualTo(403);
            assertThat(status(api, "GET /v1/admin/jobs", "Host: localhost", "Origin: http://attacker.example"))
                    .isEqualTo(403);
            assertThat(status(api, "GET /v1/admin/jobs", "Host: localhost", "Origin: http://localhost"))
                    .isEqualTo(200);
            assertThat(status(api, "GET /v1/admin/jobs/7", "Host: localhost")).isEqualTo(404);
        }
    }

    @Test
    void agentsAndSqlWithoutKeysAreOfThisMachineToo() throws Exception {
        try (QueryApi api = start("auto", "")) {
            for (String path : new String[] {"POST /mcp", "POST /v1/sql"}) {
                assertThat(status(api, path, "Host: localhost")).isEqualTo(415);
                assertThat(status(api, path, "Host: attacker.example")).isEqualTo(403);
                assertThat(status(api, path, "Host: localhost", "Origin: http://attacker.example"))
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void aKeyOpensWhatItsScopesName() throws Exception {
        KeyFile keys = new KeyFile(folder.resolve("keys.json"), Clock.systemUTC());
        NewKey asks = keys.create(new KeyFile.Wish("grafana", Set.of(Scope.QUERY), null, null, null));
        NewKey changes = keys.create(new KeyFile.Wish("ops", Set.of(Scope.QUERY, Scope.ADMIN), null, null, null));
        try (QueryApi api = start("true", keys.path().toString())) {
            assertThat(status(api, "GET /v1/admin/jobs", "Host: localhost")).isEqualTo(401);
            assertThat(status(api, "GET /v1/logs", "Host: localhost")).isEqualTo(401);
            assertThat(status(api, "GET /health/live", "Host: localhost")).isEqualTo(200);
            assertThat(status(api, "GET /v1/admin/jobs", "Host: h", "Authorization: Bearer " + asks.text()))
                    .isEqualTo(403);
            assertThat(status(api, "POST /v1/sql", "Host: h", "Authorization: Bearer " + asks.text()))
                    .isEqualTo(403);
            assertThat(status(api, "POST /v1/sql", "Host: h", "Authorization: Bearer " + changes.text()))
                    .isEqualTo(403);
            assertThat(status(api, "POST /mcp", "Host: h", "Authorization: Bearer " + asks.text()))
                    .isEqualTo(415);
            assertThat(status(api, "GET /v1/logs", "Host: h", "X-Api-Key: " + asks.text()))
                    .isEqualTo(503);
            assertThat(status(api, "GET /v1/admin/jobs", "Host: h", "Authorization: Bearer " + changes.text()))
                    .isEqualTo(200);
        }
    }

    @Test
    void whoTriesManyWrongKeysWaits() throws Exception {
        KeyFile keys = new KeyFile(folder.resolve("keys.json"), Clock.systemUTC());
        keys.create(new KeyFile.Wish("ops", Set.of(Scope.ADMIN), null, null, null));
        try (QueryApi api = start("true", keys.path().toString())) {
            int last = 0;
            for (int i = 0; i < 40 && last != 429; i++) {
                last = status(api, "GET /v1/logs", "Host: h", "Authorization: Bearer wrong");
            }
            assertThat(last).isEqualTo(429);
        }
    }

    private QueryApi start(String required, String keysFile) throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.writeString(
                file,
                "{database: {host: 127.0.0.1, port: 1}, rag: {qdrant: {host: 127.0.0.1, grpc_port: 1}},"
                        + " query: {port: 0, auth: {required: " + required + ", keys_file: '" + keysFile + "'}}}");
        return QueryApi.start(DiseConfig.load(file), new AxisModel(), new Health(), new Metrics());
    }

    /** By hand: the JDK's client sends no Host of our choice. */
    private static int status(QueryApi api, String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            String text = request + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            String first = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Integer.parseInt(first.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
