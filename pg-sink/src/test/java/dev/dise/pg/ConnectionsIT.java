package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.dise.runtime.config.DiseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.jdbc.PgConnection;

class ConnectionsIT {
    @Test
    void aConnectionHasTheTimeOutsOfTheConfig(@TempDir Path folder) throws Exception {
        try (PgServer postgres = PgServer.start(folder.resolve("postgres"))) {
            Path file = Files.writeString(
                    folder.resolve("config.yaml"), postgres.settings(", statement_timeout: 1s, min_connections: 0"));
            try (HikariDataSource pool = Connections.pool(
                            "test", DiseConfig.load(file, Map.of()).database(), PgStack.GENERATION);
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(connection.unwrap(PgConnection.class).getNetworkTimeout())
                        .as("the only one that fires when the server hangs")
                        .isEqualTo(2_000);
                assertThat(setting(statement, "statement_timeout")).isEqualTo("1s");
                assertThat(setting(statement, "lock_timeout"))
                        .as("waiting ends sooner than working")
                        .isEqualTo("500ms");
                assertThat(setting(statement, "search_path")).isEqualTo("dise_g1");
                statement.execute("SET statement_timeout = 0");
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                        .matches(e -> PgErrors.kindOf(e) == PgErrors.Kind.UNAVAILABLE);
            }
        }
    }

    private static String setting(Statement statement, String name) throws SQLException {
        try (ResultSet result = statement.executeQuery("SHOW " + name)) {
            result.next();
            return result.getString(1);
        }
    }
}
