package dev.dise.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventType;
import org.junit.jupiter.api.Test;

/** What is kept of the versions of a generated tool. */
class ToolVersionsIT extends PgSinkRig {
    private static final String STORED = "SELECT set_fields || ' ' || coalesce(tool_code, '-')"
            + " FROM dise_g1.generated_tool_versions ORDER BY source_offset";
    private static final String SEEN = "SELECT tool_code FROM dise.generated_tool_versions ORDER BY event_time";

    @Test
    void eachEventIsAVersionOfItsOwnAndTheSameAgainIsNone() throws Exception {
        Event first = tool("\"tool_code\":\"a\"", 0);
        write(first, tool("\"metadata\":{}", 10), tool("\"tool_code\":null", 20));
        write(first, tool("\"tool_code\":\"b\"", 5));
        assertThat(column(STORED))
                .containsExactly(
                        "tool_id,tool_name,tool_type,tool_code a",
                        "tool_id,tool_name,tool_type,metadata -",
                        "tool_id,tool_name,tool_type,tool_code -",
                        "tool_id,tool_name,tool_type,tool_code b");
        assertThat(column("SELECT tool_code FROM dise.generated_tools")).containsExactly((String) null);
    }

    @Test
    void nobodySeesWhatADeletedToolWas() throws Exception {
        write(tool("\"tool_code\":\"a\"", 0), deletion(EventType.GENERATED_TOOL, "t", 10));
        assertThat(column(SEEN)).isEmpty();
        write(tool("\"tool_code\":\"b\"", 20));
        assertThat(column(SEEN)).containsExactly("b");
    }

    @Test
    void whatIsRefusedIsOneDeadLetterAndNoVersion() throws Exception {
        postgres.execute("ALTER TABLE dise_g1.generated_tools ADD CONSTRAINT nice CHECK (tool_code <> 'bad')");
        try {
            write(
                    tool("\"tool_code\":\"good\"", 0),
                    tool("\"tool_code\":\"better\"", 1),
                    tool("\"tool_code\":\"best\"", 2),
                    tool("\"tool_code\":\"bad\"", 3));
        } finally {
            postgres.execute("ALTER TABLE dise_g1.generated_tools DROP CONSTRAINT nice");
        }
        assertThat(refusals.accepted()).hasSize(1);
        assertThat(column(SEEN)).containsExactly("good", "better", "best");
    }
}
