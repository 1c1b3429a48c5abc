package dev.dise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Families of tools, on graphs that are no trees. */
@SuppressWarnings("NullAway.Init") // set in @BeforeAll
class AncestryIT {
    private static QueryStack stack;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        stack = QueryStack.start(folder);
        edges("a>b", "b>c", "c>d", "d>a", "a>x", "x>d");
        edges("self>self", "self>leaf");
        edges("top>left", "top>right", "left>bottom", "right>bottom");
        edge("top", "left", "fixed_by", "{}");
        edge("top", "left", "derived_from", "{\"again\": true}");
        edge("dir/with space+%", "odd", "derived_from", "{}");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aCycleEndsAndEveryEdgeIsToldOnceAtItsShortestDistance() {
        JsonNode family = stack.client.ancestry("a", 10);
        assertThat(family.get("tool_id").stringValue()).isEqualTo("a");
        assertThat(told(family, "parents"))
                .containsExactlyInAnyOrder("1 d>a", "2 c>d", "2 x>d", "3 b>c", "3 a>x", "4 a>b");
        assertThat(told(family, "children"))
                .containsExactlyInAnyOrder("1 a>b", "1 a>x", "2 b>c", "2 x>d", "3 c>d", "3 d>a");
        assertThat(family.get("count").intValue()).isEqualTo(12);
        assertThat(family.get("truncated").booleanValue()).isFalse();
    }

    @Test
    void depthAndDirectionNarrow() throws Exception {
        assertThat(told(stack.client.ancestry("a", 1), "children")).containsExactlyInAnyOrder("1 a>b", "1 a>x");
        JsonNode parents = stack.json("/v1/ancestry/a?direction=parents&depth=2");
        assertThat(parents.get("children").size()).isZero();
        assertThat(parents.get("parents").size()).isEqualTo(3);
        assertThat(stack.json("/v1/ancestry/a?direction=children").get("count").intValue())
                .isEqualTo(6);
    }

    @Test
    void aToolThatMadeItselfIsItsOwnParent() {
        JsonNode family = stack.client.ancestry("self", 10);
        assertThat(told(family, "parents")).containsExactly("1 self>self");
        assertThat(told(family, "children")).containsExactlyInAnyOrder("1 self>self", "1 self>leaf");
    }

    @Test
    void aDiamondHasFourEdgesAndARepeatedOneIsTheNewest() {
        JsonNode family = stack.client.ancestry("bottom", 10);
        assertThat(told(family, "parents"))
                .containsExactlyInAnyOrder(
                        "1 left>bottom", "1 right>bottom", "2 top>left", "2 top>left", "2 top>right");
        List<JsonNode> repeated = family.get("parents")
                .valueStream()
                .filter(edge -> edge.get("child_tool_id").stringValue().equals("left"))
                .toList();
        assertThat(repeated.stream().map(edge -> edge.get("relationship_type").stringValue()))
                .containsExactly("derived_from", "fixed_by");
        assertThat(repeated.getFirst().at("/details/again").booleanValue()).isTrue();
    }

    @Test
    void aNameMayHaveAnyCharacters() {
        assertThat(told(stack.client.ancestry("dir/with space+%", 3), "children"))
                .containsExactly("1 dir/with space+%>odd");
        assertThat(stack.client.ancestry("nobody", 3).get("count").intValue()).isZero();
    }

    @Test
    @Timeout(20)
    void comesToAnEndWhereEveryToolIsEverysParentManyTimes() throws Exception {
        stack.sql("""
                INSERT INTO dise_g1.tool_ancestry
                    (parent_tool_id, child_tool_id, relationship_type, event_id, event_time,
                     source_topic, source_partition, source_offset)
                SELECT 'k' || p, 'k' || c, 'derived_from', gen_random_uuid(), now(), 'dise.bulk', 0, 0
                FROM generate_series(1, 60) p, generate_series(1, 60) c, generate_series(1, 10)""");
        JsonNode family = stack.client.get("/v1/ancestry/k1", Map.of("depth", List.of("100")));
        assertThat(family.get("parents").size()).isEqualTo(3600);
        assertThat(family.get("children").size()).isEqualTo(3600);
    }

    private static List<String> told(JsonNode family, String direction) {
        return family.get(direction)
                .valueStream()
                .map(edge -> edge.get("level").intValue() + " "
                        + edge.get("parent_tool_id").stringValue() + ">"
                        + edge.get("child_tool_id").stringValue())
                .toList();
    }

    private static void edges(String... edges) throws SQLException {
        for (String edge : edges) {
            int arrow = edge.indexOf('>');
            edge(edge.substring(0, arrow), edge.substring(arrow + 1), "derived_from", "{}");
        }
    }

    private static void edge(String parent, String child, String type, String details) throws SQLException {
        stack.insert("tool_ancestry", """
                {"parent_tool_id": "%s", "child_tool_id": "%s", "relationship_type": "%s", "details": %s}""".formatted(parent, child, type, details));
    }
}
