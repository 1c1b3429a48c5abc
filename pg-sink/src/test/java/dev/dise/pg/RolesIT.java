package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    private static void run(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
