package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner migrates, the writer inserts, the reader selects, and none of the two can do more. */
class RolesIT {
    private static final String NOT_ALLOWED = "42501";

    private static PgStack postgres;

    @BeforeAll
    static void startPostgreSql(@TempDir Path directory) throws SQLException {
        postgres = PgStack.start(directory);
    }

    @AfterAll
    static void stopPostgreSql() {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM tool_logs",
                "SELECT count(*) FROM sink_offsets",
                "SELECT add_partition('tool_logs', DATE '2026-02-03')",
                "INSERT INTO sink_offsets VALUES ('t', 0, 1) ON CONFLICT (topic, partition) DO UPDATE SET next_offset = 2"
            })
    void theWriterMay(String sql) {
        assertThatCode(() -> run(postgres.sinkConnections(), sql)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE tool_logs",
                "TRUNCATE tool_logs",
                "DELETE FROM tool_logs",
                "UPDATE tool_logs SET message = ''",
                "DELETE FROM tool_bugs",
                "DELETE FROM sink_offsets",
                "CREATE TABLE dise_g1.more (a INT)",
                "INSERT INTO archives VALUES ('t', 'f', 1, now(), now(), 1, '')",
                "CREATE VIEW dise.more AS SELECT 1"
            })
    void theWriterMayNot(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> run(postgres.sinkConnections(), sql))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
    }

    @Test
    void aPartitionOfAnotherTableIsNotMade() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> run(
                        postgres.sinkConnections(),
                        "SELECT add_partition('tool_bugs; DROP TABLE x', DATE '2026-02-03')"))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22023"));
    }

    @Test
    void theReaderSeesTheViewsAndNothingElse() {
        assertThatCode(() -> run(postgres.asReader(), "SELECT count(*) FROM dise.tool_logs"))
                .doesNotThrowAnyException();
        for (String sql : new String[] {
            "SELECT count(*) FROM dise_g1.tool_logs",
            "SELECT count(*) FROM dise_g1.sink_offsets",
            "INSERT INTO dise.tool_logs (message) VALUES ('a')",
            "SELECT dise_g1.add_partition('tool_logs', DATE '2026-02-04')",
            "CREATE TABLE public.mine (a INT)"
        }) {
            assertThatExceptionOfType(SQLException.class)
                    .as(sql)
                    .isThrownBy(() -> run(postgres.asReader(), sql))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
        }
    }

    @Test
    void whoRunsStatementsOfPeopleMayReadTheViewsAndHasNoOtherRight() {
        assertThat(rightsBesidesTheViews()).isEmpty();
        List<String> views = names("SELECT viewname FROM pg_views WHERE schemaname = 'dise' ORDER BY 1");
        assertThat(views).contains("tool_logs", "artifacts");
        assertThat(names("SELECT table_name FROM information_schema.role_table_grants"
                        + " WHERE grantee = 'dise_sql' AND privilege_type = 'SELECT' ORDER BY 1"))
                .isEqualTo(views);
        assertThat(names("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_toast|^pg_temp'"
                        + " AND has_schema_privilege('dise_sql', oid, 'USAGE') ORDER BY 1"))
                .containsExactly("dise", "information_schema", "pg_catalog", "public");
        assertThat(names("SELECT nspname FROM pg_namespace WHERE has_schema_privilege('dise_sql', oid, 'CREATE')"))
                .isEmpty();
    }

    @Test
    void whatTheRoleOfStatementsWasGivenBesidesIsTakenBack() throws SQLException {
        postgres.execute("GRANT SELECT, INSERT ON dise.generations TO dise_sql");
        postgres.execute("GRANT UPDATE ON dise.tool_bugs TO dise_sql");
        postgres.migrations(postgres.reader()).migrate(PgStack.GENERATION);
        assertThat(rightsBesidesTheViews()).isEmpty();
        assertThatCode(() -> run(postgres.asSql(), "SELECT count(*) FROM dise.tool_bugs"))
                .doesNotThrowAnyException();
    }

    /** Every table, view and sequence outside of PostgreSQL's own, with what the role may do to it but read a view. */
    private static List<String> rightsBesidesTheViews() {
        return names("""
                SELECT n.nspname || '.' || c.relname || ' ' || p.may AS granted
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                     unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p(may)
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                  AND has_table_privilege('dise_sql', c.oid, p.may)
                  AND NOT (n.nspname = 'dise' AND c.relkind = 'v' AND p.may = 'SELECT')
                """);
    }

    private static List<String> names(String sql) {
        return postgres.query(sql).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .toList();
    }

    private static void run(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
