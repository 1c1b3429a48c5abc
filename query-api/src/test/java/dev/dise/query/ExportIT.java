package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.dise.schemas.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole lists as a stream. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class ExportIT {
    private static final int ROWS = 60_000;
    /** A kilobyte each, so that no buffer on the way holds them all. */
    private static final String ALL = "/v1/logs/export?tool_id=begin";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static QueryStack stack;
    private static Path here;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        here = folder;
        stack = QueryStack.start(folder);
        stack.sql("SELECT dise_g1.add_partition('tool_logs', (now() AT TIME ZONE 'UTC')::date - d)"
                + " FROM generate_series(-1, 9) d");
        insert("begin", ROWS);
        stack.insert("tool_failures", """
                {"tool_id": "=cmd|'/c calc'!A1", "scenario": "a,b", "error_message": "it's \\"odd\\"", "severity": "low",
                 "details": {"n": 1.50}}""");
        stack.insert("tool_failures", """
                {"tool_id": "f", "scenario": "s", "error_message": "", "severity": "high"}""");
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        stack.close();
    }

    @Test
    void hasTheRowsOfTheListInItsOrderWithItsFilters() throws Exception {
        HttpResponse<String> response = stack.raw("/v1/failures/export?severity=low,high");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"failures.ndjson\"");
        List<JsonNode> listed = new ArrayList<>();
        stack.json("/v1/failures").get("items").forEach(listed::add);
        assertThat(response.body().lines().map(Json.mapper()::readTree)).containsExactlyElementsOf(listed);
        assertThat(stack.raw("/v1/failures/export?severity=critical").body()).isEmpty();
    }

    @Test
    void csvHasTheNamesFirstAndNoFormula() throws Exception {
        HttpResponse<String> response = stack.raw("/v1/failures/export?format=csv");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8; header=present");
        String[] lines = response.body().split("\r\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).startsWith("id,tool_id,scenario,error_message,severity,failure_type,stack_trace,details,");
        assertThat(lines[1]).contains(",f,s,\"\",high,,,,");
        assertThat(lines[2]).contains(",'=cmd|'/c calc'!A1,\"a,b\",\"it's \"\"odd\"\"\",low,,,\"{\"\"n\"\": 1.50}\",");
        assertThat(stack.raw("/v1/tools/export?format=csv").body())
                .startsWith("id,tool_id,tool_name,")
                .hasLineCount(1);
    }

    @Test
    void isPackedForWhoTakesThat() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stack.address(ALL))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (BufferedReader lines = lines(new GZIPInputStream(response.body()))) {
            assertThat(lines.lines().distinct()).hasSize(ROWS);
        }
    }

    @Test
    void isOfTheMomentWhenItBegan() throws Exception {
        HttpResponse<InputStream> response = get(ALL);
        insert("begin", 500);
        stack.sql("DELETE FROM dise_g1.tool_logs WHERE source_offset > %d AND tool_id = 'begin'".formatted(ROWS - 500));
        try (BufferedReader lines = lines(response.body())) {
            List<Long> offsets = lines.lines()
                    .map(line ->
                            Json.mapper().readTree(line).get("source_offset").longValue())
                    .toList();
            assertThat(offsets).hasSize(ROWS).doesNotHaveDuplicates().isSorted();
        } finally {
            stack.sql("DELETE FROM dise_g1.tool_logs WHERE tool_id = 'begin'");
            insert("begin", ROWS);
        }
    }

    @Test
    void theThirdAtOnceIsToldToWait() throws Exception {
        HttpResponse<InputStream> first = get(ALL);
        HttpResponse<InputStream> second = get(ALL);
        HttpResponse<String> third = stack.raw(ALL);
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(third.body()).contains("\"code\":\"busy\"");
        assertThat(stack.raw("/v1/logs").statusCode()).isEqualTo(200);
        first.body().close();
        second.body().close();
        await().untilAsserted(() ->
                assertThat(stack.raw("/v1/failures/export").statusCode()).isEqualTo(200));
    }

    @Test
    void whatBreaksOffIsSeenToBeNotWhole() throws Exception {
        for (String accepted : List.of("identity", "gzip")) {
            HttpRequest request = HttpRequest.newBuilder(stack.address(ALL))
                    .header("Accept-Encoding", accepted)
                    .build();
            InputStream body = HTTP.send(request, BodyHandlers.ofInputStream()).body();
            assertThat(body.read()).isNotNegative();
            stack.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'FETCH%'");
            assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
        }
    }

    @Test
    void isWrittenInASmallHeap() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SmallExport.class.getName(),
                        here.resolve("config.yaml").toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(told).contains("rows " + ROWS);
        assertThat(process.exitValue()).isZero();
    }

    private static HttpResponse<InputStream> get(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                HTTP.send(HttpRequest.newBuilder(stack.address(path)).build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The newest has the offset 1. */
    private static void insert(String tool, int rows) throws SQLException {
        stack.sql("""
                INSERT INTO dise_g1.tool_logs (tool_id, log_level, message, event_id, event_time,
                                               source_topic, source_partition, source_offset)
                SELECT '%s', 'info', repeat('x', 1000), gen_random_uuid(), now() - n * INTERVAL '9 seconds', 't', 0, n
                FROM generate_series(1, %d) n""".formatted(tool, rows));
    }
}
