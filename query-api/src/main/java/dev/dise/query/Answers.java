package dev.dise.query;

import dev.dise.runtime.keys.Scope;
import dev.dise.runtime.sink.StoreUnavailableException;
import dev.dise.schemas.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes HTTP of answers, and of everything that can go wrong on the way to one. Times each route.
 *
 * @param book of every route that it has made a handler of
 */
public record Answers(MeterRegistry meters, Visitors visitors, RouteBook book) {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final String RETRY_AFTER_SECONDS = "5";
    /** Each stream of events has a consumer of its own. */
    private static final Semaphore STREAMS = new Semaphore(32);

    /** Sends an answer and returns its status. */
    @FunctionalInterface
    private interface Work {
        int run() throws StoreUnavailableException;
    }

    Answers(MeterRegistry meters, Visitors visitors) {
        this(meters, visitors, new RouteBook());
    }

    /**
     * The handler of a route.
     *
     * @param prefix the fixed part of its path
     */
    public Handler handler(String prefix, Answering answering) {
        return handler(prefix, Scope.QUERY, answering);
    }

    /** The handler of a route that is open to keys of that scope. */
    public Handler handler(String prefix, Scope scope, Answering answering) {
        Route route = book.add(new Route(prefix, scope, answering));
        return (request, response) -> {
            Timer.Sample sample = Timer.start(meters);
            int status = answer(route, request, response);
            stop(sample, prefix, status);
        };
    }

    /** The handler of a route that answers with events until who asked goes away; so many at once as the service bears. */
    Handler stream(String prefix, Streaming streaming) {
        return (request, response) -> {
            Streaming.Telling telling;
            try {
                telling = streaming.begin(questionOf(new Route(prefix, Scope.QUERY, it -> it), request));
                takeStream();
            } catch (RefusedException e) {
                send(response, e.problem());
                return;
            }
            try (OutputStream out = begun(response)) {
                telling.to(new EventOut(out));
            } catch (IOException | UncheckedIOException e) {
                // Whoever looked has gone.
                log.atDebug().addKeyValue("route", prefix).setCause(e).log("stream ended");
            } finally {
                STREAMS.release();
            }
        };
    }

    /**
     * The handler of a route that writes its answer itself. What it refuses before it begins is a problem as anywhere. If it
     * goes wrong behind that, it throws {@link CloseConnectionException}: who reads then sees that it is not whole.
     */
    public Handler writing(String prefix, Writing writing) {
        return (request, response) -> {
            Timer.Sample sample = Timer.start(meters);
            int status = write(new Route(prefix, Scope.QUERY, it -> it), writing, new Exchange(request, response));
            stop(sample, prefix, status);
        };
    }

    private int write(Route route, Writing writing, Exchange exchange) {
        return answered(route, exchange.response(), () -> {
            writing.write(questionOf(route, exchange.request()), exchange);
            return 200;
        });
    }

    private void stop(Timer.Sample sample, String prefix, int status) {
        sample.stop(Timer.builder("dise.query.requests")
                .description("Questions answered, by route and HTTP status")
                .tag("route", prefix)
                .tag("status", Integer.toString(status))
                .register(meters));
    }

    private static OutputStream begun(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        return response.outputStream();
    }

    /**
     * The answer that another path gives.
     *
     * @param visitor the request in whose name it is asked; its key has to be good for that too
     * @param path as in {@code /v1/logs}, percent-encoded
     * @param body null for a question that only reads
     * @throws RefusedException if there is no answer as it was asked
     */
    public JsonNode ask(ServerRequest visitor, String path, Parameters parameters, @Nullable ObjectNode body)
            throws StoreUnavailableException {
        return book.ask(visitors, visitor, path, parameters, body);
    }

    private static void takeStream() {
        if (!STREAMS.tryAcquire()) {
            throw new RefusedException(
                    Problem.unavailable("too many look already; close a window, or ask again later"));
        }
    }

    /** Sends why there is no answer. */
    public void send(ServerResponse response, Problem problem) {
        if (problem.status() == 503) {
            response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 405) {
            response.header(HeaderNames.ALLOW, "GET");
        }
        send(response, problem.status(), "application/problem+json", Json.encode(problem));
    }

    /** Sends bytes of that media type. */
    public void send(ServerResponse response, int status, String type, byte[] body) {
        response.status(Status.create(status)).header(HeaderNames.CONTENT_TYPE, type);
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        response.send(body);
    }

    private int answer(Route route, ServerRequest request, ServerResponse response) {
        return answered(route, response, () -> {
            Object answer = route.answering().answer(questionOf(route, request));
            int status = answer instanceof Accepted ? 202 : 200;
            Object body = answer instanceof Accepted accepted ? accepted.body() : answer;
            send(response, status, "application/json", Json.encode(body));
            return status;
        });
    }

    private int answered(Route route, ServerResponse response, Work work) {
        try {
            return work.run();
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RefusedException e) {
            return refuse(response, e.problem());
        } catch (StoreUnavailableException e) {
            log.atWarn()
                    .addKeyValue("route", route.prefix())
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("cause", e.getCause())
                    .log("store unavailable, question not answered");
            return refuse(response, Problem.unavailable(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            log.atError().addKeyValue("route", route.prefix()).setCause(e).log("question not answered");
            return refuse(response, Problem.internal());
        }
    }

    private int refuse(ServerResponse response, Problem problem) {
        send(response, problem);
        return problem.status();
    }

    private Question questionOf(Route route, ServerRequest request) {
        String by = visitors.admit(request, route.scope());
        String path = request.prologue().uriPath().rawPath();
        String rest = path.length() > route.prefix().length()
                ? path.substring(route.prefix().length())
                : "";
        Parameters parameters = Parameters.parse(request.prologue().query().rawValue());
        return request.prologue().method().equals(Method.GET)
                ? new Question(rest, parameters, JsonNodeFactory.instance.objectNode(), by)
                : new Question(rest, parameters, Bodies.object(request), by);
    }
}
