package dev.dise.runtime.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a batch in pieces once a store was overloaded by the whole: twice as many after each such failure, half as many
 * after each success. So a batch that takes longer than the store's time-outs allow is written in the end, instead of being
 * tried at full size for ever. A piece that was written before a later one failed is known to the store by its offsets or
 * ids; writing it again with the whole is harmless. A row that alone takes too long three times, while the store does others,
 * is refused.
 */
public final class SplittingSink<T> implements Sink<T> {
    private static final int MOST_PIECES = 64;
    /** How often one row alone may take too long before it is refused. */
    private static final int MOST_TRIES = 3;

    private final Sink<T> sink;
    private int pieces = 1;
    private @Nullable SourceRecord slow;
    private int tries;

    public SplittingSink(Sink<T> sink) {
        this.sink = sink;
    }

    @Override
    public void open() throws StoreUnavailableException {
        sink.open();
    }

    @Override
    public void write(Batch<T> batch, Refusals refusals) throws StoreUnavailableException, PlaceLostException {
        try {
            for (Batch<T> piece : pieces == 1 ? List.of(batch) : batch.inPieces(pieces)) {
                writePiece(piece, refusals);
            }
            pieces = Math.max(1, pieces / 2);
        } catch (StoreUnavailableException e) {
            if (e.isOverload()) {
                int most =
                        e.isTooSlow() ? Math.max(MOST_PIECES, batch.deliveries().size()) : MOST_PIECES;
                pieces = Math.max(pieces, Math.min(most, 2 * pieces));
            }
            throw e;
        }
    }

    private void writePiece(Batch<T> piece, Refusals refusals) throws StoreUnavailableException, PlaceLostException {
        try {
            sink.write(piece, refusals);
        } catch (StoreUnavailableException e) {
            if (!e.isTooSlow() || piece.deliveries().size() != 1 || isToBeTried(piece)) {
                throw e;
            }
            refuse(piece, refusals);
        }
    }

    private boolean isToBeTried(Batch<T> piece) {
        SourceRecord record = piece.deliveries().get(0).record();
        tries = record.equals(slow) ? tries + 1 : 1;
        slow = record;
        return tries < MOST_TRIES;
    }

    /** The store has to move on without the row first: where it cannot, this is an outage and the row may be good. */
    private void refuse(Batch<T> piece, Refusals refusals) throws StoreUnavailableException, PlaceLostException {
        SourceRecord record = piece.deliveries().get(0).record();
        List<Rejection> rejections = List.of(new Rejection(
                record, "DB_ROW_TIMEOUT", "the store took too long for this row alone, " + MOST_TRIES + " times"));
        sink.write(new Batch<>(List.of(), piece.spans()), none -> refusals.accept(rejections));
    }

    @Override
    public void close() {
        sink.close();
    }
}
