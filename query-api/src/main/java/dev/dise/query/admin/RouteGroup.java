package dev.dise.query.admin;

import io.helidon.webserver.http.HttpRouting;

/** The routes of one concern. */
@FunctionalInterface
interface RouteGroup {
    void addTo(HttpRouting.Builder routing);
}
