package dev.dise.query.facts;

import dev.dise.query.Sieve;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lets artifacts through by the facts of their tools, and adds these to the hits. Asks for each tool once. */
final class FactSieve implements Sieve {
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final ToolFacts facts;
    private final OffsetDateTime since;
    private final FactFilter filter;
    private final Map<String, ObjectNode> known = new HashMap<>();

    FactSieve(ToolFacts facts, OffsetDateTime since, FactFilter filter) {
        this.facts = facts;
        this.since = since;
        this.filter = filter;
    }

    @Override
    public boolean isNarrowing() {
        return !filter.isEmpty();
    }

    @Override
    public void learn(Set<String> toolIds) throws StoreUnavailableException {
        List<String> unknown =
                toolIds.stream().filter(tool -> !known.containsKey(tool)).toList();
        known.putAll(facts.of(unknown, since));
    }

    @Override
    public boolean passes(@Nullable String toolId) {
        return filter.passes(toolId == null ? NOTHING : known.getOrDefault(toolId, NOTHING));
    }

    @Override
    public void addTo(ObjectNode hit, @Nullable String toolId) {
        ObjectNode ofTool = toolId == null ? null : known.get(toolId);
        if (ofTool != null) {
            hit.set("facts", ofTool);
        }
    }
}
