package dev.dise.query.openapi;

import dev.dise.query.Answers;
import dev.dise.query.RouteGroup;
import dev.dise.schemas.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;

/** The description of this service and the page that shows it; neither is a secret, so they need no key. */
public final class DocsRoutes implements RouteGroup {
    private static final String PAGE = "/console/docs.html";

    private final Answers answers;
    private final byte[] document = Json.encode(OpenApi.document());

    public DocsRoutes(Answers answers) {
        this.answers = answers;
    }

    /** Adds both. */
    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.get("/openapi.json", (request, response) -> answers.send(response, 200, "application/json", document));
        routing.get(
                "/docs",
                (request, response) -> response.status(Status.FOUND_302)
                        .header(HeaderNames.LOCATION, PAGE)
                        .send());
    }
}
