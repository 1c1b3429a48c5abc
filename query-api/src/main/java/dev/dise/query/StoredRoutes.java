package dev.dise.query;

import dev.dise.query.performance.Series;
import dev.dise.runtime.sink.StoreUnavailableException;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;

/** What is stored: lists, figures, families, single artifacts, and how much there is. */
record StoredRoutes(
        Answers answers,
        Listings listings,
        Aggregates aggregates,
        Series series,
        AncestryQuery ancestry,
        StoreStatus status)
        implements RouteGroup {

    @Override
    public void addTo(HttpRouting.Builder routing) {
        for (Resource resource : Resources.ALL) {
            add(routing, resource.path(), question -> listings.list(resource, question.parameters()));
        }
        add(routing, Aggregates.PATH, question -> aggregates.of(question.parameters()));
        add(routing, Series.PATH, question -> series.of(question.parameters()));
        add(routing, "/v1/artifacts/count", question -> artifacts().count(question.parameters()));
        add(routing, "/v1/counts", question -> status.counts().of(question.parameters()));
        add(routing, "/v1/status", this::statusOf);
        addBehind(routing, "/v1/ancestry/", question -> ancestry.of(question.name(), question.parameters()));
        addBehind(routing, "/v1/artifacts/", this::artifactOf);
    }

    private Object statusOf(Question question) {
        question.parameters().requireOnly(List.of());
        return status.report();
    }

    private Object artifactOf(Question question) throws StoreUnavailableException {
        question.parameters().requireOnly(List.of());
        return artifacts()
                .find(question.firstSegment(), question.behindFirstSegment().name());
    }

    private Artifacts artifacts() {
        return status.counts().artifacts();
    }

    private void add(HttpRouting.Builder routing, String path, Answering answering) {
        routing.get(path, answers.handler(path, answering));
    }

    private void addBehind(HttpRouting.Builder routing, String prefix, Answering answering) {
        routing.get(prefix + "{+rest}", answers.handler(prefix, answering));
    }
}
