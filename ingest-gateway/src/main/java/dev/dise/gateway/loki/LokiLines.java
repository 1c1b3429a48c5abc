package dev.dise.gateway.loki;

import dev.dise.gateway.logs.ExactTime;
import dev.dise.gateway.logs.LogLine;
import dev.dise.gateway.logs.ToolId;
import dev.dise.schemas.EventIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes log lines of the entries of one push. An entry is the same event whenever it comes with the same tenant, labels, time,
 * line and metadata, as it is one entry for Loki; equal ones within the push are told apart by their order. An entry without
 * a time is a new event each time. Not thread-safe.
 */
final class LokiLines {
    private static final String SOURCE = "urn:dise:loki";
    private static final List<String> TOOL = List.of("tool_id", "tool", "tool_name", "service_name", "job", "app");

    private final @Nullable String orgId;
    private final Instant now;
    private final Map<String, Integer> timesSeen = new HashMap<>();
    private ObjectNode lastLabels = JsonNodeFactory.instance.objectNode();
    private String lastLabelsInOrder = "";

    LokiLines(@Nullable String orgId, Instant now) {
        this.orgId = orgId;
        this.now = now;
    }

    LogLine of(LokiEntry entry) {
        Instant time = Objects.requireNonNullElse(entry.time(), now);
        return new LogLine(
                entry.time() == null ? EventIds.next() : id(entry, entry.time()),
                SOURCE,
                time,
                toolId(entry),
                LokiLevel.of(entry),
                entry.line(),
                details(entry, time),
                null);
    }

    private static String toolId(LokiEntry entry) {
        @Nullable String label = ToolId.in(entry.labels(), TOOL);
        return label != null ? label : Objects.requireNonNullElse(ToolId.in(entry.metadata(), TOOL), ToolId.UNKNOWN);
    }

    private ObjectNode details(LokiEntry entry, Instant time) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.set("labels", entry.labels());
        if (!entry.metadata().isEmpty()) {
            details.set("structured_metadata", entry.metadata());
        }
        if (orgId != null) {
            details.put("org_id", orgId);
        }
        if (entry.bytes() != null) {
            details.put("line_base64", entry.bytes());
        }
        ExactTime.keep(details, time);
        return details;
    }

    private String id(LokiEntry entry, Instant time) {
        // Each part but the last begins with its length, so that no two entries read the same.
        String line = entry.bytes() == null ? "text/" + entry.line() : "bytes/" + entry.bytes();
        StringBuilder name = new StringBuilder("loki");
        for (String part : List.of(
                Objects.requireNonNullElse(orgId, ""),
                labelsInOrder(entry.labels()),
                time.toString(),
                inOrder(entry.metadata()))) {
            name.append('/').append(part.length()).append('/').append(part);
        }
        String id = EventIds.nameBased(name.append('/').append(line).toString()).toString();
        int earlier = timesSeen.merge(id, 1, Integer::sum) - 1;
        return earlier == 0 ? id : EventIds.nameBased(id + "/" + earlier).toString();
    }

    /** Entries of one stream come one after the other and share their labels. */
    private String labelsInOrder(ObjectNode labels) {
        if (!labels.equals(lastLabels)) {
            lastLabels = labels;
            lastLabelsInOrder = inOrder(labels);
        }
        return lastLabelsInOrder;
    }

    private static String inOrder(ObjectNode values) {
        TreeMap<String, String> sorted = new TreeMap<>();
        values.forEachEntry((name, value) -> sorted.put(name, value.toString()));
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) ->
                text.append(name.length()).append('/').append(name).append(value));
        return text.toString();
    }
}
