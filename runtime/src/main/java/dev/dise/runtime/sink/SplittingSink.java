package dev.dise.runtime.sink;

import java.util.List;

/**
 * Sends a batch in pieces once a store was overloaded by the whole: twice as many after each such failure, half as many
 * after each success. So a batch that takes longer than the store's time-outs allow is written in the end, instead of being
 * tried at full size for ever. A piece that was written before a later one failed is known to the store by its offsets or
 * ids; writing it again with the whole is harmless.
 */
public final class SplittingSink<T> implements Sink<T> {
    private static final int MOST_PIECES = 64;

    private final Sink<T> sink;
    private int pieces = 1;

    public SplittingSink(Sink<T> sink) {
        this.sink = sink;
    }

    @Override
    public void write(Batch<T> batch, Refusals refusals) throws StoreUnavailableException, PlaceLostException {
        try {
            for (Batch<T> piece : pieces == 1 ? List.of(batch) : batch.inPieces(pieces)) {
                sink.write(piece, refusals);
            }
            pieces = Math.max(1, pieces / 2);
        } catch (StoreUnavailableException e) {
            if (e.isOverload()) {
                pieces = Math.min(MOST_PIECES, 2 * pieces);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
