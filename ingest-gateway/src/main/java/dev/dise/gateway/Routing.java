package dev.dise.gateway;

import dev.dise.gateway.wire.Connections;
import dev.dise.schemas.InvalidEventException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the routes together, and answers what none of them takes. */
final class Routing {
    private Routing() {}

    static HttpRouting.Builder of(List<Route> routes, Connections connections) {
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter((chain, request, response) -> {
            if (connections.isStopping()) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
            chain.proceed();
        });
        routes.forEach(route -> routing.route(route.method(), route.path(), route.handler()));
        routes.stream()
                .collect(Collectors.groupingBy(
                        Route::path, Collectors.mapping(route -> route.method().text(), Collectors.joining(", "))))
                .forEach((path, methods) -> routing.any(path, only(methods)));
        return routing.any((request, response) -> Answers.send(request, response, Problem.notFound()))
                .error(ProblemException.class, (request, response, e) -> Answers.send(request, response, e.problem()))
                .error(
                        InvalidEventException.class,
                        (request, response, e) -> Answers.send(request, response, Problem.of(e)));
    }

    private static Handler only(String methods) {
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, methods);
            Answers.send(request, response, Problem.methodNotAllowed(methods));
        };
    }
}
