package dev.dise.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlConfigTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void sqlIsOffAndHasNoRoleUnlessSomebodySaysSo() throws IOException {
        DiseConfig config = load("{}");
        assertThat(config.query().sql()).isEqualTo(new SqlConfig(false, Duration.ofSeconds(10)));
        assertThat(config.database().logins().sql()).isNull();
    }

    @Test
    void itsRoleIsShownWithoutItsPassword() throws IOException {
        DiseConfig config =
                load("{database: {sql: {user: asks, password: hunter2}}, query: {sql: {enabled: true, timeout: 2s}}}");
        assertThat(config.query().sql()).isEqualTo(new SqlConfig(true, Duration.ofSeconds(2)));
        assertThat(Objects.requireNonNull(config.database().logins().sql()).user())
                .isEqualTo("asks");
        assertThat(config.shown()).containsEntry("database.logins.sql.password", "****");
        assertThat(config.toString()).doesNotContain("hunter");
        assertThat(config.at(new DiseConfig.Addresses(
                                "127.0.0.1:1", 1, config.database().logins(), 1, 0, 0))
                        .query()
                        .sql()
                        .enabled())
                .isTrue();
    }

    @Test
    void aRoleThatOthersUseAndATimeBeyondAnyAnswerAreMistakes() {
        assertThat(mistakes("{database: {user: w, sql: {user: w}}, query: {sql: {timeout: 1m, rows: 5}}}"))
                .anySatisfy(mistake -> assertThat(mistake).contains("database.sql.user must be a role of its own"))
                .anySatisfy(mistake -> assertThat(mistake).contains("query.sql.timeout must be from 100ms to 25s"))
                .anySatisfy(mistake -> assertThat(mistake).contains("query.sql.rows is not a setting"));
    }

    private List<String> mistakes(String yaml) {
        var refused = assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(yaml));
        return refused.actual().mistakes();
    }

    private DiseConfig load(String yaml) throws IOException {
        return DiseConfig.load(Files.writeString(folder.resolve("config.yaml"), yaml), Map.of());
    }
}
