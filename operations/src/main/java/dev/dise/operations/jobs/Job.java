package dev.dise.operations.jobs;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job; its thread writes, others look. */
final class Job {
    private static final Logger log = LoggerFactory.getLogger(Job.class);

    private final Clock clock;
    private volatile JobView view;

    Job(String id, String kind, String by, Clock clock) {
        this.clock = clock;
        this.view = new JobView(id, kind, by, JobState.RUNNING, clock.instant(), null, "", 0, 0, null, null);
    }

    JobView view() {
        return view;
    }

    void run(Work work) {
        try {
            end(JobState.DONE, work.run(this::at), null);
        } catch (Exception e) {
            log.atWarn()
                    .addKeyValue("job", view.id())
                    .addKeyValue("kind", view.kind())
                    .setCause(e)
                    .log("job failed");
            end(JobState.FAILED, null, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (Error e) {
            end(JobState.FAILED, null, "the service failed; its log says why");
            throw e;
        }
    }

    private void at(String phase, long done, long total) {
        JobView now = view;
        view = new JobView(
                now.id(), now.kind(), now.by(), now.state(), now.startedAt(), null, phase, done, total, null, null);
    }

    private void end(JobState state, @Nullable Object result, @Nullable String problem) {
        JobView now = view;
        Instant ended = clock.instant();
        view = new JobView(
                now.id(),
                now.kind(),
                now.by(),
                state,
                now.startedAt(),
                ended,
                now.phase(),
                now.done(),
                now.total(),
                result,
                problem);
    }
}
