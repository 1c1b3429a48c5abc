package dev.dise.ingest;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where futures that callers hold are completed, so that their code never runs on the producer's thread. */
final class AnswerThread {
    private static final long IDLE_SECONDS = 10;

    private AnswerThread() {}

    /** One daemon thread, started when first needed and gone when idle, so that there is nothing to close. */
    static Executor executor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "dise-emitter-answers");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
