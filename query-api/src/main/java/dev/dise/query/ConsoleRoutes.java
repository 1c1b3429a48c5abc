package dev.dise.query;

import dev.dise.query.console.ConsoleFile;
import dev.dise.query.console.ConsoleFiles;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Gives a browser the console. Its files are no secret, so they need no key; what they ask for does. */
record ConsoleRoutes(Answers answers, ConsoleFiles files) implements RouteGroup {
    private static final String ROOT = "/console/";

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.get("/", (request, response) -> lead(response));
        routing.get("/console", (request, response) -> lead(response));
        routing.get(ROOT, (request, response) -> give("", request, response));
        routing.get(
                ROOT + "{+name}",
                (request, response) ->
                        give(request.prologue().uriPath().path().substring(ROOT.length()), request, response));
    }

    private static void lead(ServerResponse response) {
        response.status(Status.FOUND_302).header(HeaderNames.LOCATION, ROOT).send();
    }

    private void give(String name, ServerRequest request, ServerResponse response) {
        files.find(name)
                .ifPresentOrElse(
                        file -> give(file, request, response),
                        () -> answers.send(response, Problem.notFound("the console has no such file")));
    }

    private void give(ConsoleFile file, ServerRequest request, ServerResponse response) {
        files.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.header(HeaderNames.ETAG, file.etag()).header(HeaderNames.CONTENT_TYPE, file.mediaType());
        if (request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("").equals(file.etag())) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else if (request.headers()
                .first(HeaderNames.ACCEPT_ENCODING)
                .orElse("")
                .contains("gzip")) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip")
                    .header(HeaderNames.VARY, "Accept-Encoding")
                    .send(file.packed());
        } else {
            response.send(file.bytes());
        }
    }
}
