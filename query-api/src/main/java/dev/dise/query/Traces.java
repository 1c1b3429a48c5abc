package dev.dise.query;

import dev.dise.operations.Progress;
import dev.dise.operations.trace.Trace;
import dev.dise.operations.trace.TraceRequest;
import dev.dise.operations.trace.Tracing;
import dev.dise.runtime.config.DiseConfig;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Where an event is, and which event a point came from. Topics may be read for that, so few are answered at once. */
final class Traces {
    private static final String TRACE = "trace";
    private static final String WHY = "/why";
    private static final int AT_ONCE = 4;

    private final DiseConfig config;
    private final Moments moments;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Traces(DiseConfig config, Moments moments) {
        this.config = config;
        this.moments = moments;
    }

    /** Whether it asks for {@code <id>/trace}. */
    static boolean areAskedFor(Question question) {
        return question.behindFirstSegment().rest().equals(TRACE);
    }

    /** Answers {@code <id>/trace}; an event that is nowhere has a trace that says where it was looked for. */
    Trace of(Question question) {
        String id = question.firstSegment();
        if (id.isBlank()) {
            throw new RefusedException(Problem.notFound("the path has no id"));
        }
        TraceRequest request = request(id, question.parameters());
        return with(tracing -> tracing.trace(request));
    }

    /** Answers {@code <point>/why} and {@code <type>/<artifact>/why}. */
    Trace why(Question question) {
        if (!question.rest().endsWith(WHY)) {
            throw new RefusedException(Problem.notFound("no such path; there is /v1/points/<id>/why"));
        }
        String hit = Parameters.decodeSegment(
                question.rest().substring(0, question.rest().length() - WHY.length()));
        TraceRequest request = request(hit, question.parameters());
        return with(tracing -> tracing.why(hit, request))
                .orElseThrow(() -> new RefusedException(
                        Problem.notFound("Qdrant has no point of " + hit + ", or it was deleted")));
    }

    private TraceRequest request(String id, Parameters said) {
        said.requireOnly(List.of("type", "since", "raw", "every_copy"));
        return new TraceRequest(
                id, said.type("type"), moments.instant("since", said), said.flag("every_copy"), said.flag("raw"));
    }

    private <T> T with(Function<Tracing, T> work) {
        if (!places.tryAcquire()) {
            throw new RefusedException(Problem.unavailable("enough traces are being looked for; ask again"));
        }
        try (Tracing tracing = Tracing.of(config, Progress.none())) {
            return work.apply(tracing);
        } finally {
            places.release();
        }
    }
}
