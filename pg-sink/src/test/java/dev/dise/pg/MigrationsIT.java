package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsIT {
    private static final int AT_ONCE = 4;

    private static PgStack postgres;

    @BeforeAll
    static void startPostgreSql(@TempDir Path directory) throws SQLException {
        postgres = PgStack.start(directory);
    }

    @AfterAll
    static void stopPostgreSql() {
        postgres.close();
    }

    @Test
    void migratingAgainChangesNothing() throws SQLException {
        List<String> before = columns(postgres.reader());
        postgres.migrations(postgres.reader()).migrate(PgStack.GENERATION);
        assertThat(columns(postgres.reader())).isEqualTo(before).isNotEmpty();
    }

    @RepeatedTest(2)
    void severalMayMigrateAnEmptyDatabaseAtOnce(RepetitionInfo repetition) throws Exception {
        String database = "empty" + repetition.getCurrentRepetition();
        postgres.execute("CREATE DATABASE " + database);
        DataSource empty = postgres.reader(database);
        CyclicBarrier together = new CyclicBarrier(AT_ONCE);
        Callable<Boolean> migration = () -> {
            together.await();
            postgres.migrations(empty).migrate(PgStack.GENERATION);
            return true;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Boolean> done : threads.invokeAll(
                    Stream.generate(() -> migration).limit(AT_ONCE).toList())) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(columns(empty)).isEqualTo(columns(postgres.reader()));
    }

    @Test
    void aNewGenerationStaysHiddenUntilItIsShown() throws SQLException {
        postgres.execute("CREATE DATABASE generations");
        DataSource database = postgres.reader("generations");
        postgres.migrations(database).migrate(new Generation(1));
        postgres.migrations(database).migrate(new Generation(2));
        insertLog(database, 1);
        insertLog(database, 2);
        assertThat(messages(database)).containsExactly("of generation 1");
        try (Connection connection = database.getConnection()) {
            Migrations.show(connection, new Generation(2));
        }
        assertThat(messages(database)).containsExactly("of generation 2");
        // As a version that did not have that view left it.
        execute(database, "DROP VIEW dise.generated_tool_versions");
        postgres.migrations(database).migrate(new Generation(1));
        assertThat(messages(database)).containsExactly("of generation 2");
        postgres.migrations(database).migrate(new Generation(2));
        execute(database, "SELECT FROM dise.generated_tool_versions");
    }

    @Test
    void whatWasMigratedIsValidForTheWriterWhateverPartitionsThereAre() throws SQLException {
        postgres.execute("SELECT dise_g1.add_partition('tool_logs', DATE '2026-03-01')");
        postgres.migrations(postgres.reader()).migrate(PgStack.GENERATION);
        Migrations.validate(postgres.sinkConnections(), PgStack.GENERATION);
    }

    @Test
    void aChangeByHandIsRefusedByNameAndTheSameSchemaWithoutItIsNot() throws SQLException {
        postgres.execute("CREATE DATABASE drifted");
        DataSource database = postgres.reader("drifted");
        postgres.migrations(database).migrate(PgStack.GENERATION);
        execute(database, "ALTER TABLE dise_g1.tool_bugs ADD COLUMN mine TEXT");
        execute(database, "DROP INDEX dise_g1.tool_ancestry_child_tool_id_idx");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Migrations.validate(database, PgStack.GENERATION))
                .withMessageContaining("new column tool_bugs.mine text")
                .withMessageContaining("no index tool_ancestry btree (child_tool_id)");
        execute(database, "ALTER TABLE dise_g1.tool_bugs DROP COLUMN mine");
        execute(database, "CREATE INDEX ON dise_g1.tool_ancestry (child_tool_id)");
        Migrations.validate(database, PgStack.GENERATION);
    }

    @Test
    void anEmptyDatabaseIsRefusedAndStaysEmpty() throws SQLException {
        postgres.execute("CREATE DATABASE unmigrated");
        DataSource database = postgres.reader("unmigrated");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Migrations.validate(database, PgStack.GENERATION))
                .withMessageContaining("migrate");
        assertThat(columns(database)).isEmpty();
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void insertLog(DataSource database, int generation) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO dise_g" + generation + ".tool_logs (tool_id, log_level, message, event_id,"
                    + " event_time, source_topic, source_partition, source_offset) VALUES ('t', 'info',"
                    + " 'of generation " + generation + "', gen_random_uuid(), now(), 'dise.bulk', 0, 0)");
        }
    }

    private static List<String> messages(DataSource database) {
        return PgStack.query(database, "SELECT message FROM tool_logs").stream()
                .map(row -> String.valueOf(row.get("message")))
                .toList();
    }

    private static List<String> columns(DataSource database) {
        return PgStack.query(
                        database,
                        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
                                + " WHERE table_schema IN ('dise', 'dise_g1') ORDER BY 1, 2, ordinal_position")
                .stream()
                .map(Object::toString)
                .toList();
    }
}
