package dev.dise.runtime.sink;

import java.util.ArrayList;
import java.util.List;

/** Keeps what was refused, after failing a number of times if told so. For tests. */
public final class RecordingRefusals implements Refusals {
    private final List<Rejection> accepted = new ArrayList<>();
    private int failures;

    /** Fails so many times from now on, when there is something to take. */
    public RecordingRefusals failing(int times) {
        failures = times;
        return this;
    }

    @Override
    public void accept(List<Rejection> rejections) throws StoreUnavailableException {
        if (!rejections.isEmpty() && failures > 0) {
            failures--;
            throw new StoreUnavailableException("dead letters are away", new IllegalStateException());
        }
        accepted.addAll(rejections);
    }

    /** All that was taken, in order. */
    public List<Rejection> accepted() {
        return List.copyOf(accepted);
    }

    /** The records of it, as in {@code dise.bulk-0@7}. */
    public List<String> records() {
        return accepted.stream().map(rejection -> rejection.record().toString()).toList();
    }
}
