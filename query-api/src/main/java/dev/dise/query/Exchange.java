package dev.dise.query;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** What came over HTTP, and what goes back. */
public record Exchange(ServerRequest request, ServerResponse response) {}
