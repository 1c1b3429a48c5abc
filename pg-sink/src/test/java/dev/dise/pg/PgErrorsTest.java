package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.pg.PgErrors.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08006", "57P01", "57P02", "57P03", "57014", "53300", "53100", "53200", "58030",
                "25006", "40001", "40P01", "55P03", "0A000", "26000"
            })
    void anOutageCostsTime(String state) {
        assertThat(PgErrors.kindOf(error(state))).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "22P02, PG_VALUE",
        "22003, PG_VALUE",
        "22008, PG_VALUE",
        "54000, PG_VALUE",
        "54001, PG_VALUE",
        "22021, PG_NUL",
        "22P05, PG_NUL",
        "23502, PG_CONSTRAINT",
        "23514, PG_CONSTRAINT"
    })
    void aBadRowCostsADeadLetter(String state, String reason) {
        assertThat(PgErrors.kindOf(error(state))).isEqualTo(Kind.ROW);
        assertThat(PgErrors.reasonFor(error(state))).isEqualTo(reason);
        assertThat(PgErrors.messageFor(error(state))).contains(state).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42501", "42703", "28P01", "3D000", "3F000", "21000", "XX001"})
    void wrongSetUpIsForAPerson(String state) {
        assertThat(PgErrors.kindOf(error(state))).isEqualTo(Kind.SETUP);
    }

    @Test
    void aPoolThatRunsOutOfTimeIsAnOutage() {
        assertThat(PgErrors.kindOf(new SQLTransientConnectionException("Connection is not available")))
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(PgErrors.kindOf(new SQLException("odd", "1"))).isEqualTo(Kind.UNAVAILABLE);
    }

    private static SQLException error(String state) {
        return new SQLException("Detail: the row has (secret)", state);
    }
}
