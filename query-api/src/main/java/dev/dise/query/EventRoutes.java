package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import io.helidon.webserver.http.HttpRouting;

/** Where an event is, and which event a point came from. */
record EventRoutes(Answers answers, Traces traces, Visibility visibility) implements RouteGroup {
    private static final String EVENTS = "/v1/events/";
    private static final String POINTS = "/v1/points/";

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.get(EVENTS + "{+rest}", answers.handler(EVENTS, Troubles.told(this::eventOf)));
        routing.get(POINTS + "{+rest}", answers.handler(POINTS, Troubles.told(traces::why)));
    }

    private Object eventOf(Question question) throws StoreUnavailableException {
        return Traces.areAskedFor(question) ? traces.of(question) : visibility.of(question);
    }
}
