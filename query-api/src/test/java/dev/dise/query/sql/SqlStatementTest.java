package dev.dise.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.query.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.Parser;

class SqlStatementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "  select 1 ; ;; -- and no more",
                "(SELECT 1) UNION (SELECT 2)",
                "/* a; b /* c; */ d; */ SELECT 1",
                "-- a; b\nTABLE tool_logs",
                "VALUES (';'), (E'a\\';b'), ($$ ; $$), ($x$ $$ ; $$ $x$), ('it''s; so')",
                "WITH \"a;b\" AS (SELECT 1) SELECT * FROM \"a;b\"",
                "EXPLAIN ANALYZE SELECT 'a' || ';'"
            })
    void oneStatementThatAsksIsTaken(String sql) throws Exception {
        SqlStatement statement = SqlStatement.parse(sql, false);
        assertThat(Parser.parseJdbcSql(statement.driverText(), true, true, true, false, false))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT 1;;DROP TABLE x",
                "SELECT 1 /* */ ; /* */ COMMIT",
                "SELECT $a$ $b$; $a$; SELECT 2",
                "SELECT E'\\\\'; SELECT 2 --'",
                "SELECT '\\'; SELECT 2 --'"
            })
    void moreThanOneIsRefused(String sql) {
        refused(sql, "one statement");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " -- SELECT 1",
                "INSERT INTO tool_logs DEFAULT VALUES",
                "COPY tool_logs TO PROGRAM 'id'",
                "DO $$ BEGIN PERFORM 1; END $$",
                "SET statement_timeout = 0",
                "RESET ROLE",
                "/* SELECT */ COMMIT",
                "\"select\" 1",
                "(((DROP TABLE x",
                "DECLARE c CURSOR FOR SELECT 1"
            })
    void whatDoesNotAskIsRefused(String sql) {
        refused(sql, "must begin with SELECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a",
                "SELECT \"a",
                "SELECT $a$ b $c$",
                "SELECT /* /* */",
                "SELECT U&'\\0061'",
                "SELECT u&\"pg\\005fsleep\"(1)",
                "SELECT E'a'\n'\\'; SELECT 2 --'",
                "SELECT 1\0"
            })
    void whatCannotBeReadForSureIsRefused(String sql) {
        refused(sql, "");
    }

    @Test
    void aStatementOfAHundredThousandQuotesIsReadAtOnce() {
        assertThat(SqlStatement.parse("SELECT '" + "''".repeat(49_000) + "'", false)
                        .values())
                .isEmpty();
        assertThat(SqlStatement.parse("SELECT " + "(".repeat(90_000), false).called())
                .containsExactly("select");
        refused("SELECT " + "/*".repeat(49_000), "comment is not closed");
        refused("SELECT '" + "x".repeat(SqlStatement.LONGEST), "at most");
    }

    @Test
    void whateverStandsBeforeAParenthesisMayBeAFunction() {
        assertThat(SqlStatement.parse(
                                "SELECT Count(*), pg_catalog . pg_sleep /* */ (1), \"pg_Notify\"('a', 'f(x)'), $$g(1)$$ -- h(1)",
                                false)
                        .called())
                .containsExactly("count", "pg_Notify", "pg_sleep");
    }

    @Test
    void valuesHaveNumbersOrNames() {
        SqlStatement numbered = SqlStatement.parse("SELECT $2, '$3', details ? 'a', $1 FROM t", false);
        assertThat(numbered.values()).containsExactly("2", "1");
        assertThat(numbered.driverText()).isEqualTo("SELECT ?, '$3', details ?? 'a', ? FROM t");
        SqlStatement named = SqlStatement.parse("SELECT %(a)s WHERE 7 %% 2 = %(b_1)s AND x LIKE 'c%%'", true);
        assertThat(named.values()).containsExactly("a", "b_1");
        assertThat(named.driverText()).isEqualTo("SELECT ? WHERE 7 % 2 = ? AND x LIKE 'c%'");
        assertThat(SqlStatement.parse("SELECT 7 %% 2, '%(a)s'", false).values()).isEmpty();
    }

    @Test
    void aPlaceThatPostgreSqlNamesIsFoundInWhatWasWritten() {
        String sql = "SELECT %(a_long_name)s,\n  nothing";
        SqlStatement statement = SqlStatement.parse(sql, true);
        int said = "SELECT $1,\n  nothing".indexOf("nothing") + 1;
        assertThat(statement.place(said)).isEqualTo(new Place(2, 3)).hasToString("line 2, column 3");
        assertThat(statement.place(10_000).line()).isEqualTo(2);
    }

    private static void refused(String sql, String why) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> SqlStatement.parse(sql, false))
                .withMessageContaining(why);
    }
}
