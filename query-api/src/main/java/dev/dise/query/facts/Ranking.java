package dev.dise.query.facts;

import dev.dise.query.Parameters;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.EnvelopeHeaders;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which tools are the worst by one of their figures, in a time. */
record Ranking(ToolFacts facts) {
    private static final List<String> NAMES = List.of("by", "since", "limit");

    /**
     * The answer.
     *
     * @param items each with its name, if it is registered, and its facts; the worst first
     */
    record Ranked(List<ObjectNode> items, int count, String by, String since) {}

    Ranked of(Parameters parameters) throws StoreUnavailableException {
        parameters.requireOnly(NAMES);
        Figure by = Figure.parse("by", parameters.one("by").orElse(Figure.FAILURES.wireName()));
        int limit = parameters.number("limit", 20, 1, 500);
        OffsetDateTime since = facts.since("since", parameters);
        List<String> tools = facts.database().rows(new FactsSql(since).ranking(by, limit)).stream()
                .map(row -> row.get("tool_id").stringValue())
                .toList();
        Map<String, ObjectNode> names = facts.names(tools);
        List<ObjectNode> items = new ArrayList<>();
        facts.of(tools, since).forEach((tool, known) -> {
            ObjectNode item = JsonNodeFactory.instance.objectNode().put("tool_id", tool);
            ObjectNode name = names.get(tool);
            if (name != null) {
                item.set("tool_name", name.get("tool_name"));
                item.set("tool_type", name.get("tool_type"));
            }
            item.set("facts", known);
            items.add(Rows.known(item));
        });
        return new Ranked(items, items.size(), by.wireName(), EnvelopeHeaders.formatTime(since.toInstant()));
    }
}
