package dev.dise.query.mcp;

import dev.dise.schemas.Json;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers the call of a tool; what goes wrong is an answer too, which the agent can act on. */
final class ToolAnswers {
    private static final Logger log = LoggerFactory.getLogger(ToolAnswers.class);
    private static final String FAILED = "The service failed, which its log explains. Tell a person.";

    private ToolAnswers() {}

    /** @param given null where a client says nothing for no arguments */
    static CallToolResult of(AgentTool tool, @Nullable Map<String, Object> given, Questions questions) {
        Arguments arguments = new Arguments(Json.mapper().valueToTree(given == null ? Map.of() : given));
        try {
            JsonNode answer = questions.answer(tool.call(arguments));
            return answered(tool, arguments, new Shortening(arguments.mostText()).of(answer));
        } catch (UnansweredException e) {
            return failed(e.told());
        } catch (RuntimeException e) {
            log.atError().addKeyValue("tool", tool.toolName()).setCause(e).log("tool not answered");
            return failed(FAILED);
        }
    }

    /** The text is for clients that hand nothing else to their model: a sentence, and the same once more. */
    private static CallToolResult answered(AgentTool tool, Arguments arguments, ObjectNode answer) {
        if (tool.stores()) {
            addPlaces(arguments, answer);
        }
        return CallToolResult.builder()
                .structuredContent(answer)
                .addTextContent(Summary.of(tool, answer))
                .addTextContent(answer.toString())
                .isError(false)
                .build();
    }

    /** Where what was stored can be seen soon. */
    private static void addPlaces(Arguments arguments, ObjectNode answer) {
        answer.put(
                "trace_with",
                "trace_event {\"event_id\": \"" + answer.path("event_id").asString("") + "\"}");
        String artifact = arguments.object("data").path("artifact_id").asString("");
        if (!artifact.isEmpty()) {
            answer.put("artifact_id", artifact);
            answer.put("find_with", "find_similar, some seconds from now");
        }
    }

    private static CallToolResult failed(String message) {
        return CallToolResult.builder().addTextContent(message).isError(true).build();
    }
}
