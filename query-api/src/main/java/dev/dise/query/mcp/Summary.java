package dev.dise.query.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer in a sentence. */
final class Summary {
    private Summary() {}

    static String of(AgentTool tool, ObjectNode answer) {
        return switch (tool) {
            case FIND_SIMILAR -> hits(answer, "artifacts, the most relevant first");
            case KNOWN_FIXES -> hits(answer, "known fixes, the nearest first");
            case QUERY_LOGS -> rows(answer, "log rows, the newest first");
            case QUERY_BUGS -> rows(answer, "bugs, the newest first");
            case PERFORMANCE -> rows(answer, "series of figures");
            case GET_ANCESTRY ->
                answer.path("parents").size() + " edges to ancestors and "
                        + answer.path("children").size() + " to descendants.";
            case TRACE_EVENT ->
                answer.path("found").asBoolean(false) ? "The event was found." : "There is no trace of it.";
            case STORE_ARTIFACT ->
                "Accepted as event " + answer.path("event_id").asString("") + "; it can be found in some seconds.";
        };
    }

    private static String hits(ObjectNode answer, String what) {
        JsonNode items = answer.path("items");
        return items.isEmpty() ? "Nothing is near that." : items.size() + " " + what + ".";
    }

    private static String rows(ObjectNode answer, String what) {
        JsonNode items = answer.path("items");
        if (items.isEmpty()) {
            return "No " + what.split(",", 2)[0] + " match.";
        }
        String more = answer.path("next").isString() ? " There are more: ask with after set to next." : "";
        return items.size() + " " + what + "." + more;
    }
}
