package dev.dise.ingest;

import dev.dise.ingest.spool.Spool;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the books of what is on disk. Guarded by the lock of the detour, but for {@link #books} and {@link #drop}. */
final class SpoolAccount {
    private final Drops drops;
    private final AtomicLong dropped = new AtomicLong();
    private long vanishedBefore;
    private volatile SpoolBooks books = SpoolBooks.NONE;

    SpoolAccount(Drops drops) {
        this.drops = drops;
    }

    SpoolBooks books() {
        return books;
    }

    /** Counts an event of the disk that is given up. */
    void drop(DropReason reason, String eventId) {
        dropped.incrementAndGet();
        drops.add(reason, eventId);
    }

    /** Counts what was found damaged when it was opened. */
    void opened(Spool spool) {
        countDamaged(spool.damaged());
    }

    /**
     * Brings the books to where the spool is. A place that was damaged before it was opened is an event that came and was
     * dropped.
     */
    void update(Spool spool) {
        books = new SpoolBooks(
                spool.recovered() + spool.damaged(),
                spool.taken() + spool.damaged(),
                spool.released() + spool.damaged(),
                dropped.get(),
                spool.bytes());
    }

    /** Counts what was there and is no more, though nobody has read it. */
    void countVanished(Spool spool) {
        countDamaged(spool.vanished() - vanishedBefore);
        vanishedBefore = spool.vanished();
    }

    private void countDamaged(long places) {
        for (long i = 0; i < places; i++) {
            drop(DropReason.SPOOL_DAMAGED, "");
        }
    }
}
