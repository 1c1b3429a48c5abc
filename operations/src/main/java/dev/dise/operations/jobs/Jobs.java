package dev.dise.operations.jobs;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The jobs of this process: those that run, and the last hundred that have ended. They end with the process; what they do can
 * be begun again and goes on where it was. Of one kind one runs at a time. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
    private static final int KEPT = 100;

    private final Clock clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("job-", 1).factory());
    private final Deque<Job> jobs = new ArrayDeque<>();
    private long begun;

    public Jobs(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins a job and returns at once.
     *
     * @param by who wants it
     * @throws BusyException if one of that kind runs
     */
    public synchronized JobView start(String kind, String by, Work work) {
        all().stream()
                .filter(job -> job.kind().equals(kind) && job.state() == JobState.RUNNING)
                .findFirst()
                .ifPresent(running -> {
                    throw new BusyException(running);
                });
        Job job = new Job(Long.toString(++begun), kind, by, clock);
        jobs.addFirst(job);
        if (jobs.size() > KEPT && jobs.getLast().view().state() != JobState.RUNNING) {
            jobs.removeLast();
        }
        threads.execute(() -> job.run(work));
        return job.view();
    }

    /** The job of that id. */
    public Optional<JobView> find(String id) {
        return all().stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /** All of them, the newest first. */
    public synchronized List<JobView> all() {
        return jobs.stream().map(Job::view).toList();
    }

    /** Interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
