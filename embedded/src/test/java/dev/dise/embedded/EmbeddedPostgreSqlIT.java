package dev.dise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dise.embedded.EmbeddedPostgreSql.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgreSqlIT {

    @TempDir
    Path directory;

    @Test
    void keepsDataWhenItComesBackOnAnotherPort() throws SQLException {
        int firstPort;
        try (EmbeddedPostgreSql postgres = start(Durability.FSYNC)) {
            firstPort = postgres.port();
            execute(postgres, "CREATE TABLE letters (letter text)");
            execute(postgres, "INSERT INTO letters VALUES ('a')");
        }
        try (EmbeddedPostgreSql postgres = start(Durability.FSYNC)) {
            assertThat(postgres.port()).isNotEqualTo(firstPort);
            assertThat(query(postgres, "SELECT letter FROM letters")).isEqualTo("a");
        }
    }

    @Test
    void flushesOnlyWhenAsked() throws SQLException {
        try (EmbeddedPostgreSql postgres = start(Durability.FSYNC)) {
            assertThat(flushSettings(postgres)).containsOnly("on");
        }
        try (EmbeddedPostgreSql postgres = start(Durability.NO_FSYNC)) {
            assertThat(flushSettings(postgres)).containsOnly("off");
        }
    }

    @Test
    void theRoleOwnsItsDatabaseAndIsNoSuperuser() throws SQLException {
        try (EmbeddedPostgreSql postgres = start(Durability.NO_FSYNC)) {
            assertThat(query(postgres, "SELECT current_user")).isEqualTo("dise");
            assertThat(query(postgres, "SELECT current_database()")).isEqualTo("dise_data");
            assertThat(query(
                            postgres,
                            "SELECT concat(rolsuper, rolcreatedb, rolcreaterole) FROM pg_roles WHERE rolname = 'dise'"))
                    .isEqualTo("ftt");
            assertThat(query(postgres, "SELECT datdba::regrole FROM pg_database WHERE datname = 'dise_data'"))
                    .isEqualTo("dise");
        }
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws SQLException {
        try (EmbeddedPostgreSql postgres = start(Durability.NO_FSYNC)) {
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(postgres.host()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void comesBackAfterACrash() throws Exception {
        crash();
        try (EmbeddedPostgreSql postgres = start(Durability.FSYNC)) {
            assertThat(query(postgres, "SELECT count(*) FROM letters")).isEqualTo("0");
        }
    }

    @Test
    void comesBackWhenAnotherProgramHasThePidOfTheCrashedServer() throws Exception {
        crash();
        Path pidFile = directory.resolve("cluster/postmaster.pid");
        String ownPid = Long.toString(ProcessHandle.current().pid());
        Files.writeString(pidFile, Files.readString(pidFile).replaceFirst("^\\d+", ownPid));
        try (EmbeddedPostgreSql postgres = start(Durability.FSYNC)) {
            assertThat(query(postgres, "SELECT count(*) FROM letters")).isEqualTo("0");
        }
    }

    private void crash() throws Exception {
        EmbeddedPostgreSql postgres = start(Durability.FSYNC);
        execute(postgres, "CREATE TABLE letters (letter text)");
        ProcessHandle server = ProcessHandle.of(postmasterPid()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        postgres.close();
        assertThat(directory.resolve("cluster/postmaster.pid")).exists();
    }

    @Test
    void stopsTheServerThatAKilledProcessLeftBehind() throws Exception {
        EmbeddedPostgreSql postgres = start(Durability.NO_FSYNC);
        ProcessHandle server = ProcessHandle.of(postmasterPid()).orElseThrow();
        Postmaster.clear(directory.resolve("cluster"));
        assertThat(server.isAlive()).isFalse();
        postgres.close();
    }

    @Test
    void refusesADirectoryInUse() {
        try (EmbeddedPostgreSql postgres = start(Durability.NO_FSYNC)) {
            assertThat(postgres.user()).isEqualTo("dise");
            assertThatThrownBy(() -> start(Durability.NO_FSYNC))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by the PostgreSQL of process")
                    .hasMessageContaining("choose another data directory");
        }
    }

    @Test
    void refusesAPortInUse(@TempDir Path otherDirectory) {
        try (EmbeddedPostgreSql postgres = start(Durability.NO_FSYNC)) {
            assertThatThrownBy(() -> EmbeddedPostgreSql.start(otherDirectory, postgres.port(), Durability.NO_FSYNC))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + postgres.port() + " for PostgreSQL is taken");
        }
    }

    private EmbeddedPostgreSql start(Durability durability) {
        long begin = System.nanoTime();
        EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(directory, 0, durability);
        System.out.println("postgres start " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        return postgres;
    }

    private long postmasterPid() throws Exception {
        return Long.parseLong(Files.readAllLines(directory.resolve("cluster/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static Stream<String> flushSettings(EmbeddedPostgreSql postgres) {
        return Stream.of("fsync", "synchronous_commit", "full_page_writes").map(name -> {
            try {
                return query(postgres, "SHOW " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void execute(EmbeddedPostgreSql postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgreSql postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgreSql postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
