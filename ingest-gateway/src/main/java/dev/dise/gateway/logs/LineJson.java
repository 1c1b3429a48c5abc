package dev.dise.gateway.logs;

import dev.dise.schemas.Json;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes data whose texts may have half a surrogate pair, which UTF-8 cannot say but JSON can. */
final class LineJson {
    private static final JsonMapper ESCAPING = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private LineJson() {}

    static byte[] encode(ObjectNode data) {
        try {
            return Json.encode(data);
        } catch (StreamWriteException e) {
            // Half a pair: it can only be written as an escape, and the whole text with it.
            return ESCAPING.writeValueAsBytes(data);
        }
    }
}
