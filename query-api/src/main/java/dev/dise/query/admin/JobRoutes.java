package dev.dise.query.admin;

import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.Map;

/** The jobs of this process. */
record JobRoutes(Desk desk) implements RouteGroup {
    private static final String JOBS = "/v1/admin/jobs";

    @Override
    public void addTo(HttpRouting.Builder routing) {
        desk.get(routing, JOBS, this::all);
        desk.getBehind(routing, JOBS + "/", this::one);
    }

    private Object all(Question question) {
        question.parameters().requireOnly(List.of());
        return Map.of("items", desk.jobs().all());
    }

    private Object one(Question question) {
        question.parameters().requireOnly(List.of());
        return desk.jobs()
                .find(question.name())
                .orElseThrow(() -> new RefusedException(Problem.notFound("there is no such job any more")));
    }
}
