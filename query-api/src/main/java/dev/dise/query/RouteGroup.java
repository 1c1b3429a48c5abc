package dev.dise.query;

import io.helidon.webserver.http.HttpRouting;

/** The routes of one concern. */
@FunctionalInterface
public interface RouteGroup {
    /** Adds them; the more special paths first. */
    void addTo(HttpRouting.Builder routing);
}
