package dev.dise.query.mcp;

import dev.dise.query.Answers;
import dev.dise.query.RouteGroup;
import dev.dise.schemas.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Timer;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Arrays;

/**
 * Serves agents over streamable HTTP. Every request stands for itself: there are no sessions, so none has to be bounded, and
 * a service that starts anew is not noticed.
 */
public final class McpRoutes implements RouteGroup, AutoCloseable {
    private static final String PATH = "/mcp";

    private final HelidonTransport transport;
    private final McpStatelessSyncServer server;

    /** @param answers what the tools ask, with the rights of who calls them */
    public McpRoutes(Answers answers) {
        this.transport = new HelidonTransport(answers);
        this.server = McpServer.sync(transport)
                .serverInfo(ServerText.SERVER)
                .capabilities(ServerText.CAPABILITIES)
                .instructions(ServerText.INSTRUCTIONS)
                .jsonMapper(ServerText.JSON)
                .validateToolInputs(true)
                .immediateExecution(true)
                .tools(AgentTool.all().stream().map(tool -> tool(tool, answers)).toList())
                .resources(Arrays.stream(EventType.values())
                        .map(type -> new SyncResourceSpecification(
                                EventSchemas.resource(type), (context, request) -> EventSchemas.read(type)))
                        .toList())
                .build();
    }

    /** Adds them. */
    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.post(PATH, transport::take);
        routing.get(PATH, McpRoutes::noStream);
        routing.delete(PATH, McpRoutes::noStream);
    }

    @Override
    public void close() {
        server.close();
    }

    private static SyncToolSpecification tool(AgentTool tool, Answers answers) {
        return new SyncToolSpecification(ToolText.of(tool), (context, request) -> {
            Timer.Sample sample = Timer.start(answers.meters());
            Questions questions = new ServiceQuestions(answers, visitor(context));
            CallToolResult result = ToolAnswers.of(tool, request.arguments(), questions);
            sample.stop(Timer.builder("dise.mcp.calls")
                    .description("Tools called by agents over HTTP, by tool and whether the answer was an error")
                    .tag("tool", tool.toolName())
                    .tag("error", String.valueOf(result.isError()))
                    .register(answers.meters()));
            return result;
        });
    }

    private static ServerRequest visitor(McpTransportContext context) {
        return (ServerRequest) context.get(HelidonTransport.VISITOR);
    }

    /** The service never begins to talk by itself, and has no sessions to end. */
    private static void noStream(ServerRequest request, ServerResponse response) {
        response.status(Status.METHOD_NOT_ALLOWED_405)
                .header(HeaderNames.ALLOW, "POST")
                .send();
    }
}
