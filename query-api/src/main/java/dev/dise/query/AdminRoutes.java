package dev.dise.query;

import dev.dise.operations.jobs.BusyException;
import dev.dise.operations.jobs.Jobs;
import dev.dise.operations.jobs.Work;
import dev.dise.runtime.keys.Scope;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.Map;

/**
 * What changes the line, and what only who may change it may see. Work that takes long is a job: 202 with its id, and how far
 * it is at {@code /v1/admin/jobs/{id}}.
 */
record AdminRoutes(Answers answers, Jobs jobs) {
    private static final String JOBS = "/v1/admin/jobs";

    void addTo(HttpRouting.Builder routing) {
        get(routing, JOBS, this::all);
        routing.get(JOBS + "/{id}", answers.handler(JOBS + "/", Scope.ADMIN, this::one));
    }

    private Object all(Question question) {
        question.parameters().requireOnly(List.of());
        return Map.of("items", jobs.all());
    }

    private Object one(Question question) {
        question.parameters().requireOnly(List.of());
        return jobs.find(question.name())
                .orElseThrow(() -> new RefusedException(Problem.notFound("there is no such job any more")));
    }

    /** Begins a job. */
    Accepted begin(String kind, Question question, Work work) {
        try {
            return new Accepted(jobs.start(kind, question.by(), work));
        } catch (BusyException e) {
            throw new RefusedException(Problem.conflict(String.valueOf(e.getMessage())));
        }
    }

    private void get(HttpRouting.Builder routing, String path, Answering answering) {
        routing.get(path, answers.handler(path, Scope.ADMIN, answering));
    }
}
