package dev.dise.query.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dise.schemas.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ShorteningTest {
    @Test
    void longTextsAreCutWhereverTheyAreAndSaySo() {
        ObjectNode answer = object("{\"items\":[{\"message\":\"" + "m".repeat(80) + "\",\"details\":{\"a\":[\""
                + "a".repeat(60) + "\"]},\"source_offset\":7,\"unit\":null,\"n\":1}]}");
        assertThat(new Shortening(60).of(answer).toString())
                .isEqualTo("{\"items\":[{\"message\":\"" + "m".repeat(60)
                        + "… [cut: 80 characters; max_text tells more]\",\"details\":{\"a\":[\"" + "a".repeat(60)
                        + "\"]},\"n\":1}]}");
    }

    @Test
    void aCharacterOfTwoHalvesIsNotCutInTwo() {
        ObjectNode answer = object("{\"a\":\"" + "x".repeat(59) + "😀😀\"}");
        assertThat(new Shortening(60).of(answer).path("a").asString("")).startsWith("x".repeat(59) + "… [cut");
    }

    @Test
    void whatIsStillTooMuchHasFewerItems() {
        ObjectNode answer = object("{\"count\":100}");
        ArrayNode items = answer.putArray("items");
        for (int i = 0; i < 100; i++) {
            items.addObject().put("n", i).put("text", "t".repeat(2_000));
        }
        ObjectNode small = new Shortening(Shortening.MOST_TEXT).of(answer);
        assertThat(small.toString()).hasSizeLessThan(Shortening.MOST_CHARACTERS + 500);
        assertThat(small.path("items").size()).isBetween(10, 30);
        assertThat(small.path("items").path(0).path("n").asInt(-1)).isZero();
        assertThat(small.path("cut").asString("")).contains("of 100 items");
        assertThat(answer.path("items")).hasSize(100);
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }
}
