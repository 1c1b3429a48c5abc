package dev.dise.query.mcp;

import dev.dise.schemas.EventType;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Serves one agent over two streams: what an agent's program starts as its child. */
public final class McpStdio {
    private McpStdio() {}

    /**
     * Serves until the input ends. Nothing but the protocol is written to the output.
     *
     * @param questions what answers; asked from several threads
     */
    public static void serve(Questions questions, InputStream in, OutputStream out) {
        EndingInput input = new EndingInput(in);
        McpSyncServer server = McpServer.sync(new StdioServerTransportProvider(ServerText.JSON, input, out))
                .serverInfo(ServerText.SERVER)
                .capabilities(ServerText.CAPABILITIES)
                .instructions(ServerText.INSTRUCTIONS)
                .jsonMapper(ServerText.JSON)
                .validateToolInputs(true)
                .tools(AgentTool.all().stream()
                        .map(tool -> new SyncToolSpecification(
                                ToolText.of(tool),
                                (exchange, request) -> ToolAnswers.of(tool, request.arguments(), questions)))
                        .toList())
                .resources(Arrays.stream(EventType.values())
                        .map(type -> new SyncResourceSpecification(
                                EventSchemas.resource(type), (exchange, request) -> EventSchemas.read(type)))
                        .toList())
                .build();
        input.awaitEnd();
        server.closeGracefully();
    }
}
