package dev.dise.runtime.sink;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** A sink that goes wrong in the given ways, one for each write, and then works. For tests. */
public final class FlakySink<T> implements Sink<T> {
    /** How a write goes wrong. */
    public enum Fault {
        /** It does not. */
        NONE,
        /** The store does not answer; nothing was written. */
        UNAVAILABLE,
        /** All was written, and the answer was lost. */
        ANSWER_LOST,
        /** Another worker has moved the place. */
        PLACE_LOST,
        /** The sink has a bug, which shows before anything is written. */
        BUG,
        /** The process ends right after the store has written. */
        CRASH
    }

    private final Sink<T> sink;
    private final Queue<Fault> faults;

    public FlakySink(Sink<T> sink, Fault... faults) {
        this.sink = sink;
        this.faults = new ArrayDeque<>(Arrays.asList(faults));
    }

    @Override
    public void write(Batch<T> batch, Refusals refusals) throws StoreUnavailableException, PlaceLostException {
        Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        switch (fault) {
            case UNAVAILABLE -> throw new StoreUnavailableException("store is away", new IllegalStateException());
            case PLACE_LOST ->
                throw new PlaceLostException(batch.spans().keySet().iterator().next());
            case BUG -> throw new IllegalStateException("a bug");
            case NONE, ANSWER_LOST, CRASH -> sink.write(batch, refusals);
        }
        if (fault == Fault.ANSWER_LOST) {
            throw new StoreUnavailableException("the answer was lost", new IllegalStateException());
        }
        if (fault == Fault.CRASH) {
            throw new IllegalStateException("a crash");
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
