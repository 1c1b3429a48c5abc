package dev.dise.cli.imports;

import dev.dise.schemas.Event;
import dev.dise.schemas.EventIds;
import dev.dise.schemas.Json;
import dev.dise.schemas.data.EventData;
import java.time.Instant;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the events of one entry. Their ids follow from what the entry says and from nothing else, so that importing it
 * again makes the same events.
 *
 * @param hash of what the entry says
 * @param time the time of its events
 */
record LineStamp(String hash, Instant time) {
    static final String SOURCE = "urn:dise:import";

    private static final JsonMapper SORTED = Json.mapper()
            .rebuild()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    /** The stamp of an entry, whatever the order of its fields and whether or not an embedding came along. */
    static LineStamp of(ObjectNode entry, Instant time) {
        ObjectNode said = entry.deepCopy();
        said.remove("embedding");
        return new LineStamp(Sha256.of(SORTED.writeValueAsBytes(said)), time);
    }

    Event event(EventData data) {
        String name = String.join("\n", data.type().wireName(), data.subject(), hash);
        return Event.of(EventIds.nameBased(name).toString(), SOURCE, time, data);
    }
}
