package dev.dise.ingest;

import dev.dise.ingest.spool.Spool;
import dev.dise.ingest.spool.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves events from memory to disk, a piece at a time: first what the producer has not delivered, then what waits. Guarded by
 * the lock of the detour.
 */
final class Spooling {
    private final Outbox outbox;
    private final SpoolAccount account;
    private final SpoolTroubles troubles;
    private List<Pending> unforced = new ArrayList<>();
    private boolean underWayStored = true;

    Spooling(Outbox outbox, SpoolAccount account, SpoolTroubles troubles) {
        this.outbox = outbox;
        this.account = account;
        this.troubles = troubles;
    }

    /** Begins with what the producer has. */
    void begin() {
        underWayStored = false;
    }

    /** The producer has nothing any more. */
    void producerIsEmpty() {
        underWayStored = true;
    }

    /** Whether nothing is left to move, or nothing can be. */
    boolean isIdle() {
        return underWayStored && (outbox.isEmpty() || !troubles.mayWrite());
    }

    /** Whether nobody waits to hear that an event is forced. */
    boolean isAwaited() {
        return !unforced.isEmpty();
    }

    /** Those that wait to hear that what was written is forced; from now on somebody else tells them. */
    List<Pending> takeUnforced() {
        List<Pending> waiting = unforced;
        unforced = new ArrayList<>();
        return waiting;
    }

    /** Moves a piece; false if there is none, or no room. */
    boolean movePiece(Spool into) {
        if (!troubles.mayWrite()) {
            return false;
        }
        try {
            return (!underWayStored && storeUnderWay(into)) || storeWaiting(into);
        } catch (IOException e) {
            troubles.cannotWrite("cannot write the spool", e);
            return false;
        }
    }

    /** The producer still has them and will mostly deliver them: they are read only if it breaks. */
    private boolean storeUnderWay(Spool into) throws IOException {
        List<Pending> piece = outbox.claimUnderWay(Spool.CHUNK_BYTES);
        if (piece.isEmpty()) {
            underWayStored = true;
            return false;
        }
        boolean stored = false;
        try {
            List<byte[]> payloads = hasRoomForData(into, piece) ? encode(piece) : List.of();
            if (!payloads.isEmpty() && hasRoom(into, payloads)) {
                List<StoredRecord> records = into.appendAsRead(payloads);
                stored = true;
                account.update(into);
                for (int i = 0; i < records.size(); i++) {
                    piece.get(i).storedAs(records.get(i));
                    piece.get(i).settle();
                    isSpooled(piece.get(i));
                }
            }
        } finally {
            if (!stored) {
                piece.forEach(outbox::giveBack);
            }
        }
        return stored;
    }

    private boolean storeWaiting(Spool into) throws IOException {
        List<Pending> piece = underWayStored ? outbox.peek(Spool.CHUNK_BYTES) : List.of();
        if (piece.isEmpty() || !hasRoomForData(into, piece)) {
            return false;
        }
        List<byte[]> payloads = encode(piece);
        if (!hasRoom(into, payloads)) {
            return false;
        }
        into.append(payloads);
        // Before anything leaves the memory, so that whoever looks there first and then here misses none.
        account.update(into);
        outbox.remove(piece);
        for (Pending pending : piece) {
            if (pending.decide()) {
                isSpooled(pending);
            }
        }
        return true;
    }

    private void isSpooled(Pending pending) {
        outbox.isSpooled(pending);
        if (pending.isAwaited()) {
            unforced.add(pending);
        }
    }

    /** The quick look, so that a full spool does not cost an encoding at each. */
    private boolean hasRoomForData(Spool into, List<Pending> piece) {
        return hasRoom(
                into,
                piece.stream()
                        .mapToLong(pending -> pending.event().data().length)
                        .sum());
    }

    private boolean hasRoom(Spool into, List<byte[]> payloads) {
        return hasRoom(into, payloads.stream().mapToLong(Spool::sizeOf).sum());
    }

    private boolean hasRoom(Spool into, long size) {
        boolean room = into.hasRoomFor(size);
        troubles.hasRoom(room);
        return room;
    }

    private static List<byte[]> encode(List<Pending> piece) {
        return piece.stream()
                .map(pending -> SpooledEvent.encode(pending.event()))
                .toList();
    }
}
