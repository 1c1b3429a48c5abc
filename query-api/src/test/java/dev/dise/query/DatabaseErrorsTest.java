package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseErrorsTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"08001", "53300", "57P01", "57P03", "57014", "28P01", "3D000", "42P01", "42501", "40001"})
    void unavailableIsNotNow(@Nullable String state) {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> DatabaseErrors.sorted(new SQLException("row value 4711", state)))
                .withMessageContaining("PostgreSQL")
                .withMessageNotContaining("4711");
    }

    @ParameterizedTest
    @CsvSource({"22021, 400", "22003, 400"})
    void aBadValueIsRefused(String state, int status) throws StoreUnavailableException {
        RuntimeException sorted = DatabaseErrors.sorted(new SQLException("row value 4711", state));
        assertThat(sorted).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(status);
            assertThat(refused.problem().detail()).doesNotContain("4711");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "42703", "25006"})
    void aWrongStatementIsABug(String state) throws StoreUnavailableException {
        assertThat(DatabaseErrors.sorted(new SQLException("x", state))).isInstanceOf(IllegalStateException.class);
    }
}
