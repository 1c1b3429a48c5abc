package dev.dise.query.admin;

import dev.dise.operations.jobs.BusyException;
import dev.dise.operations.jobs.Jobs;
import dev.dise.operations.jobs.Work;
import dev.dise.query.Accepted;
import dev.dise.query.Answering;
import dev.dise.query.Answers;
import dev.dise.query.Moments;
import dev.dise.query.Problem;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.Troubles;
import dev.dise.runtime.config.DiseConfig;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.keys.Scope;
import io.helidon.webserver.http.HttpRouting;

/** What the routes of operators have in common: who may use them, where the line is, and how long work is begun. */
record Desk(DiseConfig config, Answers answers, Jobs jobs, Moments moments) {
    KafkaClients kafka() {
        return new KafkaClients(config.kafka());
    }

    void get(HttpRouting.Builder routing, String path, Answering answering) {
        routing.get(path, answers.handler(path, Scope.ADMIN, Troubles.told(answering)));
    }

    /** A path that goes on with a name. */
    void getBehind(HttpRouting.Builder routing, String prefix, Answering answering) {
        routing.get(prefix + "{+rest}", answers.handler(prefix, Scope.ADMIN, Troubles.told(answering)));
    }

    void post(HttpRouting.Builder routing, String path, Answering answering) {
        routing.post(path, answers.handler(path, Scope.ADMIN, Troubles.told(answering)));
    }

    /** A path that goes on with a name, and ends with what is to be done. */
    void postBehind(HttpRouting.Builder routing, String prefix, String action, Answering answering) {
        routing.post(prefix + "{name}/" + action, answers.handler(prefix, Scope.ADMIN, Troubles.told(answering)));
    }

    /**
     * Begins a job.
     *
     * @throws RefusedException 409 if one of that kind runs
     */
    Accepted begin(String kind, String by, Work work) {
        try {
            return new Accepted(jobs.start(kind, by, work));
        } catch (BusyException e) {
            throw new RefusedException(Problem.conflict(String.valueOf(e.getMessage())));
        }
    }

    /** The store that a question names. */
    static RefusedException noSuch(String what, Question question) {
        return new RefusedException(Problem.notFound("there is no " + what + " " + question.firstSegment()));
    }
}
