package dev.dise.query.mcp;

import dev.dise.query.client.QueryClient;
import dev.dise.query.client.QueryFailedException;
import tools.jackson.databind.JsonNode;

/** Asks a service over HTTP. */
public record RemoteQuestions(QueryClient client) implements Questions {
    @Override
    public JsonNode answer(Call call) {
        try {
            return call.body() == null
                    ? client.get(call.path(), call.parameters())
                    : client.post(call.path(), call.body());
        } catch (QueryFailedException e) {
            throw new UnansweredException(e.status(), String.valueOf(e.getMessage()));
        }
    }
}
