package dev.dise.localdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dise.operations.audit.AuditEntry;
import dev.dise.operations.audit.AuditFilter;
import dev.dise.operations.audit.AuditLog;
import dev.dise.query.client.QueryClient;
import dev.dise.query.client.QueryFailedException;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.schemas.Json;
import dev.dise.schemas.LogLevel;
import dev.dise.schemas.data.Log;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What SQL may do, and what it may not, on a whole line whose sink has granted the rights. */
class SqlIT {
    private static final String SQL = "/v1/sql";
    private static final int LOGS = 30;
    private static final String SETTINGS = """
            query: {sql: {enabled: true, timeout: 1s}}
            """;

    @TempDir
    private static Path folder = Path.of("");

    private static LocalStack stack;
    private static LineProbe line;
    private static Console console;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(TestStacks.in(folder, SETTINGS));
        line = new LineProbe(stack.config(), stack.gatewayAddress(), stack.queryAddress());
        console = new Console(stack.queryAddress(), null);
        for (int i = 0; i < LOGS; i++) {
            line.put(new Log("t", LogLevel.INFO, "line " + i, Map.of("n", i, "tags", List.of("a", "b"))));
        }
        line.awaitDrained();
    }

    @AfterAll
    static void stop() {
        console.close();
        line.close();
        stack.close();
    }

    @Test
    void rowsComeWithTheirColumnsAndTypes() {
        JsonNode answer = ask(
                "SELECT tool_id, count(*), max((details->>'n')::int) AS n, 1.50 AS n, ARRAY['a',NULL] AS l, 'NaN'::float8 AS f,"
                        + " 'infinity'::timestamptz AS t, TIMESTAMPTZ '2026-01-02 03:04:05+00' AS u, NULL AS z,"
                        + " jsonb_build_object('a', 1) AS j FROM tool_logs GROUP BY 1");
        assertThat(answer.path("items").path(0).toString())
                .isEqualTo("{\"tool_id\":\"t\",\"count\":30,\"n\":29,\"n_2\":1.50,\"l\":[\"a\",null],\"f\":\"NaN\","
                        + "\"t\":\"infinity\",\"u\":\"2026-01-02T03:04:05.000000Z\",\"z\":null,\"j\":{\"a\":1}}");
        assertThat(answer.path("columns").path(1).toString()).isEqualTo("{\"name\":\"count\",\"type\":\"int8\"}");
        assertThat(answer.path("count").asInt(0)).isEqualTo(1);
        assertThat(answer.path("truncated").asBoolean(true)).isFalse();
    }

    @Test
    void valuesAreBoundByNumberAndByName() {
        JsonNode numbered = post(
                200,
                Map.of(
                        "sql",
                        "SELECT message FROM tool_logs WHERE tool_id = $2 AND (details->>'n')::int = ANY($1)"
                                + " AND event_time > $3 AND details ? 'n' AND $4 ORDER BY 1",
                        "params",
                        List.of(List.of(3, 4), "t", "2020-01-01", true)));
        assertThat(numbered.path("items").findValuesAsString("message")).containsExactly("line 3", "line 4");
        JsonNode named = post(
                200,
                Map.of(
                        "sql",
                        "SELECT %(a)s::text AS a, %(a)s || '%%' AS b WHERE 'x' LIKE '%%x' AND %(n)s > 1.5",
                        "params",
                        Map.of("a", "'; DROP TABLE x; --", "n", 2)));
        assertThat(named.path("items").path(0).path("b").asString("")).isEqualTo("'; DROP TABLE x; --%");
        assertThat(post(400, Map.of("sql", "SELECT $1")).path("detail").asString(""))
                .contains("no value for 1");
    }

    @Test
    void rowsAndSizesAreCapped() {
        JsonNode few = post(200, Map.of("sql", "SELECT generate_series(1, 100000) AS n", "max_rows", 7));
        assertThat(few.path("items")).hasSize(7);
        assertThat(few.path("truncated").asBoolean(false)).isTrue();
        assertThat(ask("SELECT generate_series(1, 2000)").path("items")).hasSize(1000);
        JsonNode large = ask("SELECT repeat('x', 900000) FROM generate_series(1, 100)");
        assertThat(large.path("items").size()).isBetween(5, 20);
        assertThat(large.path("truncated").asBoolean(false)).isTrue();
        assertThat(refusal("SELECT repeat('x', 40000000)")).contains("32 MiB");
        assertThat(post(400, Map.of("sql", "SELECT 1", "max_rows", 10_001)).toString())
                .contains("10000");
        assertThat(post(400, Map.of("sql", "SELECT 1", "limit", 1)).toString()).contains("max_rows");
    }

    @Test
    void whatPostgreSqlSaysIsToldWithItsPlaceAndNothingOfTheServer() {
        assertThat(refusal("SELECT\n  messag FROM tool_logs"))
                .contains("column \"messag\" does not exist")
                .contains("line 2, column 3")
                .contains("tool_logs.message")
                .doesNotContain(".c")
                .doesNotContain("Routine");
        assertThat(refusal("SELECT 1/0")).contains("division by zero");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; DROP VIEW dise.tool_logs",
                "SELECT 1; COMMIT; DROP VIEW dise.tool_logs",
                "/* SELECT */ DROP VIEW dise.tool_logs",
                "COPY dise.tool_logs TO PROGRAM 'id'",
                "DO $$ BEGIN EXECUTE 'DROP VIEW dise.tool_logs'; END $$",
                "SET ROLE dise",
                "RESET SESSION AUTHORIZATION",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "SELECT set_config('statement_timeout', '0', false)",
                "SELECT pg_sleep(60)",
                "SELECT pg_catalog.\"pg_sleep\" /* */ (60)",
                "SELECT pg_advisory_lock(1684632421)",
                "SELECT pg_try_advisory_lock_shared(1)",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
                "SELECT pg_cancel_backend(1)",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_ls_dir('/')",
                "SELECT lo_import('/etc/passwd')",
                "SELECT lo_creat(-1)",
                "SELECT query_to_xml('SELECT pg_sleep(60)', true, true, '')",
                "SELECT * FROM ts_stat('SELECT pg_sleep(60)')",
                "SELECT pg_notify('a', 'b')",
                "SELECT nextval('dise_g1.tool_logs_id_seq')",
                "SELECT * FROM dise_g1.tool_logs",
                "SELECT * FROM dise.generations",
                "SELECT * FROM dise.lettered",
                "SELECT dise_g1.add_partition('tool_logs', DATE '2031-01-01')",
                "SELECT rolpassword FROM pg_authid",
                "SELECT * FROM pg_largeobject",
                "WITH gone AS (DELETE FROM tool_bugs RETURNING 1) SELECT * FROM gone",
                "EXPLAIN ANALYZE DELETE FROM tool_bugs",
                "EXPLAIN ANALYZE CREATE TABLE public.mine AS SELECT 1",
                "SELECT * INTO public.mine FROM tool_logs",
                "SELECT * INTO TEMP mine FROM tool_logs",
                "SELECT * FROM tool_logs FOR UPDATE",
                "SELECT count(*) FROM tool_logs a, tool_logs b, tool_logs c, tool_logs d, tool_logs e, tool_logs f, tool_logs g",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
                "SELECT count(*) FROM generate_series(1, 100000000000)",
                "SELECT sum(length(md5(n::text))) FROM generate_series(1, 1000000000) n",
                "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b WHERE repeat('a', a) ~ '(a*)*b'"
            })
    void harmIsRefusedAndChangesNothing(String hostile) {
        String before = schema();
        long began = System.nanoTime();
        assertThat(refusal(hostile)).isNotBlank();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
        assertThat(schema()).isEqualTo(before);
        assertThat(ask("SELECT count(*) AS n FROM tool_logs")
                        .path("items")
                        .path(0)
                        .path("n")
                        .asInt(0))
                .isEqualTo(LOGS);
    }

    @Test
    void secretsAndOtherPeoplesStatementsAreNotSeen() {
        String seen = ask("SELECT * FROM pg_roles").toString()
                + ask("SELECT * FROM pg_user")
                + ask("SELECT * FROM pg_stat_activity")
                + ask("SELECT * FROM pg_settings");
        assertThat(seen)
                .doesNotContain("dise123")
                .doesNotContain("SCRAM-SHA-256$")
                .contains("insufficient privilege");
    }

    @Test
    void otherQuestionsAreAnsweredWhileStatementsRunAndOnlySoManyRun() {
        String slow = "SELECT count(*) FROM generate_series(1, 100000000000)";
        List<CompletableFuture<String>> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(CompletableFuture.supplyAsync(() -> refusal(slow)));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> post("SELECT 1 AS n").startsWith("503"));
        assertThat(console.get(200, "/v1/logs?limit=5").path("items")).hasSize(5);
        assertThat(running).allSatisfy(answer -> assertThat(answer.join()).contains("took longer than 1.0 s"));
        await().atMost(Duration.ofSeconds(5)).until(() -> post("SELECT 1 AS n").startsWith("200"));
    }

    @Test
    void whoGoesAwayLeavesNothingRunning() throws Exception {
        byte[] body = Json.encode(Map.of("sql", "SELECT count(*) FROM generate_series(1, 100000000001)"));
        for (int i = 0; i < 4; i++) {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), stack.queryAddress().getPort())) {
                socket.getOutputStream()
                        .write(("POST /v1/sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + body.length + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
            }
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> post("SELECT 1 AS n").startsWith("200"));
        assertThat(ask("SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%100000000001%'"
                                + " AND pid <> pg_backend_pid()")
                        .path("items")
                        .path(0)
                        .path("n")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void everyStatementIsTakenDownWithoutItsValues() {
        post(200, Map.of("sql", "SELECT $1::text AS audited", "params", List.of("a-secret-value")));
        refusal("SELECT audited_2 FROM tool_logs");
        refusal("SELECT 1 AS audited_3; SELECT 2");
        List<AuditEntry> entries;
        try (AuditLog audit = new AuditLog(new KafkaClients(stack.config().kafka()))) {
            entries = audit.read(AuditFilter.ofActions("sql"));
        }
        assertThat(entries.toString()).doesNotContain("a-secret-value");
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.detail("statement")).isEqualTo("SELECT $1::text AS audited");
            assertThat(entry.outcome()).isEqualTo("done");
            assertThat(entry.by()).isEqualTo("anonymous");
            assertThat(entry.detail("rows")).isEqualTo("1");
            assertThat(entry.detail("ms")).matches("\\d+");
        });
        assertThat(entries)
                .filteredOn(entry -> entry.outcome().equals("refused"))
                .extracting(entry -> entry.detail("statement"))
                .contains("SELECT audited_2 FROM tool_logs", "SELECT 1 AS audited_3; SELECT 2");
    }

    @Test
    void everyGenerationIsReadByTheSameRightsAndNoneDirectly() {
        console.done("/v1/admin/generations/postgres/rebuild", "{\"share\":0.9}");
        assertReadByViewsAlone();
        console.post(200, "/v1/admin/generations/postgres/rollback", "{}");
        assertReadByViewsAlone();
    }

    private static void assertReadByViewsAlone() {
        assertThat(ask("SELECT count(*) AS n FROM tool_logs")
                        .path("items")
                        .path(0)
                        .path("n")
                        .asInt(0))
                .isEqualTo(LOGS);
        assertThat(refusal("SELECT * FROM dise_g2.tool_logs")).contains("permission denied");
        assertThat(refusal("SELECT * FROM dise_g1.tool_logs")).contains("permission denied");
        assertThat(ask("SELECT table_schema, privilege_type FROM information_schema.table_privileges"
                                + " WHERE grantee = 'dise_sql' AND (table_schema <> 'dise' OR privilege_type <> 'SELECT')")
                        .path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER ROLE dise_sql CREATEDB | ALTER ROLE dise_sql NOCREATEDB",
                "GRANT pg_read_all_data TO dise_sql | REVOKE pg_read_all_data FROM dise_sql",
                "GRANT SELECT ON dise_g1.tool_logs TO dise_sql | REVOKE ALL ON dise_g1.tool_logs FROM dise_sql",
                "GRANT INSERT ON dise.tool_logs TO dise_sql | REVOKE INSERT ON dise.tool_logs FROM dise_sql",
            })
    void aRoleThatMayMoreIsNotUsed(String more, String less) throws SQLException {
        asSuperuser(more);
        try {
            assertThat(post(403, Map.of("sql", "SELECT 1")).path("detail").asString(""))
                    .contains("may more than read the views of dise");
        } finally {
            asSuperuser(less);
        }
        assertThat(ask("SELECT 1 AS n").path("items").path(0).path("n").asInt(0))
                .isOne();
    }

    @Test
    void aPageOfAnotherSiteRunsNothing() {
        assertThat(console.post(403, SQL, "{\"sql\":\"SELECT 1\"}", "Origin", "http://attacker.example")
                        .path("code")
                        .asString(""))
                .isEqualTo("forbidden");
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(stack.config().database().jdbcUrl(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static JsonNode ask(String sql) {
        return post(200, Map.of("sql", sql));
    }

    private static String refusal(String sql) {
        return post(400, Map.of("sql", sql)).path("detail").asString("");
    }

    private static JsonNode post(int status, Map<String, ?> body) {
        return console.post(status, SQL, Json.mapper().writeValueAsString(body));
    }

    private static String post(String sql) {
        try (QueryClient client = new QueryClient(stack.queryAddress())) {
            return "200 " + client.post(SQL, Map.of("sql", sql));
        } catch (QueryFailedException e) {
            return e.status() + " " + e.getMessage();
        }
    }

    /** Everything that there is in the database by its name and kind. */
    private static String schema() {
        return ask("SELECT n.nspname, c.relname, c.relkind, c.relacl::text FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^pg_' ORDER BY 1, 2")
                .path("items")
                .toString();
    }
}
