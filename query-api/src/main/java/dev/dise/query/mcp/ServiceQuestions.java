package dev.dise.query.mcp;

import dev.dise.query.Answers;
import dev.dise.query.Parameters;
import dev.dise.query.RefusedException;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.helidon.webserver.http.ServerRequest;
import tools.jackson.databind.JsonNode;

/**
 * Asks the service that this runs in.
 *
 * @param visitor who asks, whose key has to be good for the question too
 */
record ServiceQuestions(Answers answers, ServerRequest visitor) implements Questions {
    @Override
    public JsonNode answer(Call call) {
        try {
            return answers.ask(visitor, call.path(), new Parameters(call.parameters()), call.body());
        } catch (RefusedException e) {
            throw new UnansweredException(e.problem().status(), e.problem().detail());
        } catch (StoreUnavailableException e) {
            throw new UnansweredException(503, String.valueOf(e.getMessage()));
        }
    }
}
