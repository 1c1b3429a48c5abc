package dev.dise.query.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dise.query.Answers;
import dev.dise.query.Bodies;
import dev.dise.query.RefusedException;
import dev.dise.runtime.keys.Scope;
import dev.dise.schemas.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the protocol's messages from Helidon to the SDK's server and its answers back, one JSON document each. A request is
 * worked on in the thread that brought it, which may block. So many at once as the service bears.
 */
final class HelidonTransport implements McpStatelessServerTransport {
    /** Under this name a tool finds the request that called it. */
    static final String VISITOR = "visitor";

    private static final Logger log = LoggerFactory.getLogger(HelidonTransport.class);
    private static final String JSON = "application/json";
    private static final int AT_ONCE = 64;

    private final Answers answers;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private @Nullable McpStatelessServerHandler server;

    HelidonTransport(Answers answers) {
        this.answers = answers;
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler handler) {
        this.server = handler;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    /** Takes one message. */
    void take(ServerRequest request, ServerResponse response) {
        if (!places.tryAcquire()) {
            refuse(response, 503, ErrorCodes.INTERNAL_ERROR, "too many calls at once; try again");
            return;
        }
        try {
            String body = admitted(request);
            String unknown = unknownVersion(request);
            JSONRPCMessage message = unknown == null ? message(body) : null;
            if (message != null) {
                answer(request, response, message);
            } else {
                String reason = unknown == null ? "that is no message of JSON-RPC 2.0" : unknown;
                refuse(response, 400, ErrorCodes.INVALID_REQUEST, reason);
            }
        } catch (RefusedException e) {
            answers.send(response, e.problem());
        } finally {
            places.release();
        }
    }

    /** The body of a request of who may ask at all; what a tool asks needs its own scope besides. */
    private String admitted(ServerRequest request) {
        answers.visitors().admitHere(request, Scope.QUERY);
        return new String(Bodies.json(request), UTF_8);
    }

    /** The message that a text is; null if it is none. */
    private static @Nullable JSONRPCMessage message(String text) {
        try {
            return McpSchema.deserializeJsonRpcMessage(ServerText.JSON, text);
        } catch (IOException | RuntimeException e) {
            // Whatever it is that the SDK trips over, it is in what was sent.
            log.atDebug().setCause(e).log("message not understood");
            return null;
        }
    }

    private @Nullable String unknownVersion(ServerRequest request) {
        List<String> known = protocolVersions();
        return request.headers()
                .first(HeaderNames.create(HttpHeaders.PROTOCOL_VERSION))
                .filter(version -> !known.contains(version))
                .map(version -> "the protocol's versions here are " + String.join(", ", known))
                .orElse(null);
    }

    private void answer(ServerRequest request, ServerResponse response, JSONRPCMessage message) {
        McpTransportContext context = McpTransportContext.create(Map.of(VISITOR, request));
        switch (message) {
            case JSONRPCRequest asked -> send(response, 200, answered(context, asked));
            case JSONRPCNotification told -> {
                handler()
                        .handleNotification(context, told)
                        .contextWrite(inner -> inner.put(McpTransportContext.KEY, context))
                        .block();
                response.status(Status.ACCEPTED_202).send();
            }
            default -> refuse(response, 400, ErrorCodes.INVALID_REQUEST, "nothing was asked that this could answer");
        }
    }

    private JSONRPCResponse answered(McpTransportContext context, JSONRPCRequest asked) {
        try {
            JSONRPCResponse answer = handler()
                    .handleRequest(context, asked)
                    .contextWrite(inner -> inner.put(McpTransportContext.KEY, context))
                    .block();
            return answer == null ? error(asked.id(), ErrorCodes.INTERNAL_ERROR, "no answer") : answer;
        } catch (RuntimeException e) {
            log.atError().addKeyValue("method", asked.method()).setCause(e).log("message not answered");
            return error(asked.id(), ErrorCodes.INTERNAL_ERROR, "the service failed; its log says why");
        }
    }

    private McpStatelessServerHandler handler() {
        if (server == null) {
            throw new IllegalStateException("the transport belongs to no server");
        }
        return server;
    }

    /** What cannot be read has no id to answer to. */
    private void refuse(ServerResponse response, int status, int code, String message) {
        ObjectNode refusal = Json.mapper().createObjectNode().put("jsonrpc", McpSchema.JSONRPC_VERSION);
        refusal.putNull("id").putObject("error").put("code", code).put("message", message);
        answers.send(response, status, JSON, Json.encode(refusal));
    }

    private static JSONRPCResponse error(Object id, int code, String message) {
        return new JSONRPCResponse(McpSchema.JSONRPC_VERSION, id, null, new JSONRPCError(code, message));
    }

    private void send(ServerResponse response, int status, JSONRPCResponse answer) {
        try {
            answers.send(response, status, JSON, ServerText.JSON.writeValueAsBytes(answer));
        } catch (IOException e) {
            throw new UncheckedIOException("an answer cannot be written as JSON", e);
        }
    }
}
