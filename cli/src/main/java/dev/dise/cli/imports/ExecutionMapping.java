package dev.dise.cli.imports;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import dev.dise.schemas.Severity;
import dev.dise.schemas.data.DebugData;
import dev.dise.schemas.data.EventData;
import dev.dise.schemas.data.Failure;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Executions of tools: the call as debug data, and a failure beside it when it failed. */
final class ExecutionMapping {
    private static final Set<String> WITH_FIELDS =
            Set.of("tool_id", "tool_name", "command", "source_file", "exit_code", "success");

    private final MemoryArtifact artifact;
    private final String toolId;
    private final Optional<ExecutionText> text;
    private final boolean failed;

    private ExecutionMapping(MemoryArtifact artifact, String toolId) {
        this.artifact = artifact;
        this.toolId = toolId;
        text = ExecutionText.parse(artifact.content());
        failed = !artifact.truth("success").orElse(artifact.number("exit_code").orElse(0.0) == 0);
    }

    static List<EventData> map(MemoryArtifact artifact) {
        String toolId = artifact.toolId();
        return toolId == null ? List.of() : new ExecutionMapping(artifact, toolId).events();
    }

    private List<EventData> events() {
        return failed ? List.of(call(), failure()) : List.of(call());
    }

    private DebugData call() {
        DebugData.Builder call = DebugData.of("tool", toolId)
                .contextName(artifact.text("tool_name").orElse(artifact.name()))
                .status(failed ? "error" : "success")
                .request(request())
                .response(response())
                .metadata(artifact.restWithout(WITH_FIELDS));
        return failed ? call.error(error()).build() : call.build();
    }

    private Failure failure() {
        Map<String, Object> details = artifact.restWithout(WITH_FIELDS);
        details.put("exit_code", artifact.metadata().get("exit_code"));
        Failure failure = Failure.of(toolId, command(), error())
                .withSeverity(Severity.MEDIUM)
                .withFailureType("execution")
                .withDetails(details);
        return text.map(ExecutionText::stderr)
                .filter(stderr -> stderr.contains("Traceback"))
                .map(failure::withStackTrace)
                .orElse(failure);
    }

    private Map<String, Object> request() {
        String sourceFile = text.map(ExecutionText::sourceFile)
                .or(() -> artifact.text("source_file"))
                .orElse("");
        return Map.of("command", command(), "source_file", sourceFile);
    }

    private Map<String, @Nullable Object> response() {
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("exit_code", artifact.metadata().get("exit_code"));
        text.ifPresentOrElse(
                parts -> {
                    response.put("stdout", parts.stdout());
                    response.put("stderr", parts.stderr());
                },
                () -> response.put("content", artifact.content()));
        return response;
    }

    /** The whole command line of the text; the metadata has its first word only. */
    private String command() {
        return text.map(ExecutionText::command)
                .filter(command -> !command.isEmpty())
                .or(() -> artifact.text("command"))
                .orElse(artifact.name());
    }

    private String error() {
        return text.map(ExecutionText::stderr)
                .filter(stderr -> !stderr.isEmpty())
                .map(stderr -> saidIn(stderr).orElse(stderr))
                .orElseGet(() -> "exit code "
                        + artifact.number("exit_code").map(Double::longValue).orElse(-1L));
    }

    /** Many tools complain in JSON: what they say under {@code error}. */
    private static Optional<String> saidIn(String stderr) {
        if (!stderr.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode error = Json.parse(stderr.getBytes(StandardCharsets.UTF_8)).get("error");
            return error != null && error.isString() ? Optional.of(error.stringValue()) : Optional.empty();
        } catch (InvalidEventException e) {
            // Not JSON after all: the whole text is what was said.
            return Optional.empty();
        }
    }
}
