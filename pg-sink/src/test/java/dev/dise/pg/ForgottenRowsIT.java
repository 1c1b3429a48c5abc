package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.schemas.EventType;
import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgottenRowsIT extends PgSinkRig {
    private static final Instant LATER = NOON.plusSeconds(100);

    private static final String VERSIONS = "dise_g1.generated_tool_versions";

    @Test
    void removesTheRowsOfASubjectOfEveryTableAndNoOther() throws Exception {
        write(
                log("a line", null),
                tool("\"tool_code\":\"secret\"", 0),
                json(EventType.LOG, "u", "{\"tool_id\":\"u\",\"log_level\":\"info\",\"message\":\"m\"}", NOON),
                performance("p", Map.of("speed", 1, "size", 2), 0));
        ForgottenSubject tool = new ForgottenSubject("t", null, Instant.now(), "me", "");
        assertThat(rows(tool, false))
                .isEqualTo(Map.of("dise_g1.tool_logs", 1L, "dise_g1.generated_tools", 1L, VERSIONS, 1L));
        assertThat(rows(tool, true)).hasSize(3);
        assertThat(rows(tool, true)).isEmpty();
        assertThat(column("SELECT tool_id FROM dise_g1.tool_logs")).containsExactly("u");
        // They are of the artifact, and have only the tool's name.
        assertThat(column("SELECT metric_name FROM dise_g1.tool_performance")).hasSize(2);

        ForgottenSubject artifact = new ForgottenSubject("p", EventType.PERFORMANCE, Instant.now(), "me", "");
        assertThat(rows(artifact, true))
                .isEqualTo(Map.of("dise_g1.performance_artifacts", 1L, "dise_g1.tool_performance", 2L));
    }

    @Test
    void aTypeSparesOtherTypesAndTheMarkerOfADeletionGoesToo() throws Exception {
        write(log("a line", null), tool("\"tool_code\":\"secret\"", 0), deletion(EventType.GENERATED_TOOL, "t", 1));
        assertThat(rows(new ForgottenSubject("t", EventType.GENERATED_TOOL, Instant.now(), "me", ""), true))
                .isEqualTo(Map.of("dise_g1.generated_tools", 1L, VERSIONS, 1L));
        assertThat(column("SELECT tool_id FROM dise_g1.tool_logs")).containsExactly("t");
    }

    @Test
    void aNewLifeStaysUnlessItHasSomethingFromBefore() throws Exception {
        write(json(EventType.LOG, "t", "{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"new\"}", LATER));
        postgres.execute("UPDATE dise_g1.tool_logs SET ingested_at = '" + LATER + "'");
        write(tool("\"tool_code\":\"secret\"", 0), tool("\"metadata\":{}", 200));
        postgres.execute("UPDATE dise_g1.generated_tools SET ingested_at = '" + LATER + "'");
        ForgottenSubject tool = new ForgottenSubject("t", null, NOON.plusSeconds(50), "me", "");
        assertThat(rows(tool, true)).isEqualTo(Map.of("dise_g1.generated_tools", 1L, VERSIONS, 1L));
        assertThat(column("SELECT message FROM dise_g1.tool_logs")).containsExactly("new");
    }

    @Test
    void aSubjectIsSoughtAsItIsStored() throws Exception {
        write(json(
                EventType.LOG,
                "a\u0000b",
                "{\"tool_id\":\"a\\u0000b\",\"log_level\":\"info\",\"message\":\"m\"}",
                NOON));
        assertThat(rows(new ForgottenSubject("a\u0000b", null, Instant.now(), "me", ""), true))
                .hasSize(1);
    }

    @Test
    void theGenerationsAndTheLiveOneAreThoseOfTheDatabase() throws Exception {
        assertThat(LiveGeneration.all(postgres.reader())).containsExactly(PgStack.GENERATION);
        assertThat(LiveGeneration.of(postgres.reader(), new Generation(9))).isEqualTo(PgStack.GENERATION);
        assertThat(LiveGeneration.of(postgres.sinkConnections(), new Generation(9)))
                .isEqualTo(PgStack.GENERATION);
    }

    private static Map<String, Long> rows(ForgottenSubject subject, boolean removes) throws Exception {
        try (Connection connection = postgres.reader().getConnection()) {
            ForgottenRows rows = new ForgottenRows(connection, PgStack.GENERATION, subject);
            return removes ? rows.remove() : rows.count();
        }
    }
}
