package dev.dise.gateway;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import java.util.function.Function;

/**
 * One thing that the server does.
 *
 * @param path with its parameters in braces
 */
record Route(Method method, String path, Handler handler) {
    static Route get(String path, Function<ServerRequest, Reply> replies) {
        return new Route(Method.GET, path, Answers.of(replies));
    }

    static Route post(String path, Handler handler) {
        return new Route(Method.POST, path, handler);
    }
}
