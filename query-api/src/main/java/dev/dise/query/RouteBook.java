package dev.dise.query;

import dev.dise.query.client.AnswerMapper;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Json;
import io.helidon.webserver.http.ServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Knows what answers at which path, for who asks from inside the service. Thread-safe. */
public final class RouteBook {
    private final Map<String, Route> routes = new ConcurrentHashMap<>();

    Route add(Route route) {
        routes.put(route.prefix(), route);
        return route;
    }

    /**
     * The answer that the path gives.
     *
     * @param visitors who know the visitor
     * @param visitor the request in whose name it is asked; its key has to be good for that too
     * @param path still percent-encoded
     * @param body null for a question that only reads
     * @throws RefusedException if it has none
     */
    JsonNode ask(
            Visitors visitors, ServerRequest visitor, String path, Parameters parameters, @Nullable ObjectNode body)
            throws StoreUnavailableException {
        Route route = routeOf(path);
        String by = visitors.admit(visitor, route.scope());
        ObjectNode sent = body == null ? JsonNodeFactory.instance.objectNode() : body;
        String rest = path.substring(route.prefix().length());
        Object answer = route.answering().answer(new Question(rest, parameters, sent, by));
        return AnswerMapper.JSON.readTree(Json.encode(answer instanceof Accepted accepted ? accepted.body() : answer));
    }

    private Route routeOf(String path) {
        Route whole = routes.get(path);
        for (int slash = path.lastIndexOf('/'); whole == null && slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            whole = routes.get(path.substring(0, slash + 1));
        }
        if (whole == null) {
            throw new RefusedException(Problem.notFound("this service has no " + path));
        }
        return whole;
    }
}
