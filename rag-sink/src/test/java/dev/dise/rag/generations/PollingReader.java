package dev.dise.rag.generations;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks the same question all the time, of which the answer may only grow. */
final class PollingReader implements AutoCloseable {
    private final LongSupplier question;
    private final Thread thread = new Thread(this::run, "reader");
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    private PollingReader(LongSupplier question) {
        this.question = question;
    }

    static PollingReader of(LongSupplier question) {
        PollingReader reader = new PollingReader(question);
        reader.thread.start();
        return reader;
    }

    int asked() {
        return asked.get();
    }

    /** Throws if a question failed, or an answer was less than one before. */
    @Override
    public void close() {
        stopping = true;
        Uninterruptibles.joinUninterruptibly(thread);
        if (failure != null) {
            throw new AssertionError("a reader was let down", failure);
        }
    }

    private void run() {
        long most = 0;
        try {
            while (!stopping) {
                long answer = question.getAsLong();
                if (answer < most) {
                    throw new AssertionError("saw " + answer + " after " + most);
                }
                most = answer;
                asked.incrementAndGet();
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }
}
