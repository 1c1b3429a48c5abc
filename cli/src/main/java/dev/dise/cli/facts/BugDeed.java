package dev.dise.cli.facts;

import dev.dise.cli.ExitCodes;
import dev.dise.cli.Output;
import dev.dise.cli.StackLink;
import dev.dise.query.client.QueryClient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What both deeds on a bug take, and how they are done. */
final class BugDeed {
    @Mixin
    private StackLink link = new StackLink();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "BUG", description = "id of the bug")
    private String bug = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "why, for who meets the same error")
    private @Nullable String note;

    int run(String deed, String done) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (note != null) {
            body.put("note", note);
        }
        try (StackLink.Connection connection = link.open();
                QueryClient query = connection.query()) {
            JsonNode answer = query.post("/v1/bugs/" + QueryClient.segment(bug) + "/" + deed, body);
            if (output.isJson()) {
                output.json(answer);
            } else {
                output.out()
                        .println(bug + " " + done + " by event "
                                + answer.path("event_id").asString(""));
            }
            return ExitCodes.OK;
        }
    }
}
