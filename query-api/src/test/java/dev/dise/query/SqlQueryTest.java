package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dise.schemas.EventIds;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlQueryTest {
    private static final Resource LOGS = Resources.ALL.getFirst();
    private final Moments moments = new Moments(Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void withoutFiltersThereAreNoConditions() {
        assertThat(query("").sql()).isEqualTo("SELECT * FROM tool_logs");
    }

    @Test
    void everyValueIsBehindAQuestionMark() {
        SqlQuery query = query("tool_id=x'&tool_id=y&log_level=warn,ERR&since=1h&event_id=mine");
        assertThat(query.sql())
                .isEqualTo("SELECT * FROM tool_logs WHERE tool_id = ANY(?) AND log_level = ANY(?)"
                        + " AND event_id = ? AND event_time >= ?");
        assertThat(query.values())
                .containsExactly(
                        List.of("x'", "y"),
                        List.of("warning", "error"),
                        EventIds.nameBased("mine"),
                        OffsetDateTime.parse("2026-03-10T11:00:00Z"));
    }

    @Test
    void aFlagIsWrittenSoThatAnIndexOfItsRowsIsSeen() {
        Resource bugs = Resources.ALL.get(2);
        List<Condition> conditions = bugs.conditions(Parameters.parse("resolved=false"), moments);
        assertThat(SqlQuery.from(bugs.view(), conditions).sql()).isEqualTo("FROM tool_bugs WHERE NOT resolved");
    }

    @Test
    void saysWhichWordsThereAre() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> query("log_level=loud"))
                .withMessage("log_level must be of debug, info, warning, error, critical");
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> query("log_level=,"));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> query("q=a&q=b"));
    }

    @Test
    void aPageIsBoundToo() {
        SqlQuery query = query("tool_id=a").limit(10);
        assertThat(query.sql()).endsWith("WHERE tool_id = ? LIMIT ?");
        assertThat(query.values()).containsExactly("a", 10);
    }

    private SqlQuery query(String parameters) {
        return SqlQuery.from(LOGS.view(), LOGS.conditions(Parameters.parse(parameters), moments))
                .select("*");
    }
}
