package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsideJsonTest {
    @Test
    void aPathGoesDeeperAtEachDot() {
        Condition condition = condition("details.http.path=/x%22&details.user=ann");
        assertThat(condition.sql()).isEqualTo("(details @> ?::jsonb) AND (details @> ?::jsonb)");
        assertThat(condition.values()).containsExactly("{\"http\":{\"path\":\"/x\\\"\"}}", "{\"user\":\"ann\"}");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "-1.50e+3, -1.50e+3", "0, 0", "true, true", "false, false", "null, null"})
    void whatIsALiteralInJsonIsLookedForAsThatAndAsAText(String value, String literal) {
        Condition condition = condition("details.n=" + value.replace("+", "%2B"));
        assertThat(condition.sql()).isEqualTo("(details @> ?::jsonb OR details @> ?::jsonb)");
        assertThat(condition.values()).containsExactly("{\"n\":" + literal + "}", "{\"n\":\"" + value + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "1.", ".5", "+1", "True", "NaN", "{}", "[1]", "1,2"})
    void everythingElseIsAText(String value) {
        Condition condition = condition("details.n=" + value.replace("+", "%2B"));
        assertThat(condition.values()).containsExactly("{\"n\":\"" + value + "\"}");
    }

    @Test
    void anyOfTheRepeatedValuesWillDo() {
        Condition condition = condition("details.a=x&details.a=y");
        assertThat(condition.sql()).isEqualTo("(details @> ?::jsonb OR details @> ?::jsonb)");
        assertThat(condition.values()).containsExactly("{\"a\":\"x\"}", "{\"a\":\"y\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"details.=1", "details.a..b=1", "details.a.=1", "details..a=1", "details.1.2.3.4.5.6.7.8.9=1"})
    void aPathHasOneToEightNames(String query) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> condition(query))
                .withMessageStartingWith(
                        "details.* must have a path of 1 to 8 names with dots between them, as in details.user.id");
        assertThat(condition("details.1.2.3.4.5.6.7.8=1").values()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "details.http\\.status=x, '{\"http.status\":\"x\"}'",
        "details.a\\.b.c=x, '{\"a.b\":{\"c\":\"x\"}}'",
        "details.c:\\\\temp=x, '{\"c:\\\\temp\":\"x\"}'"
    })
    void aBackslashMakesADotPartOfAName(String query, String document) {
        assertThat(condition(query.replace("\\", "%5C")).values()).containsExactly(document);
    }

    @Test
    void hasBounds() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> condition("details.a=" + "x".repeat(501)))
                .withMessage("details.a must have at most 500 characters");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> condition("details." + "x".repeat(500) + "=1"))
                .withMessageContaining("must have a path");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> condition("details.a=1&".repeat(17)))
                .withMessage("details.* must be given at most 16 times");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> condition("details.a="))
                .withMessage("details.a must not be empty");
    }

    private static Condition condition(String query) {
        return InsideJson.of(Filter.inside("details"), Parameters.parse(query)).orElseThrow();
    }
}
