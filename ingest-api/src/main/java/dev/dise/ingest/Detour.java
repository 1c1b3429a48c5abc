package dev.dise.ingest;

import dev.dise.ingest.spool.Spool;
import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.ingest.spool.StoredRecord;
import dev.dise.ingest.spool.Unforced;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way over the disk. While it is on, every event goes over it. The sender's thread does nearly all of the work; callers
 * lend a hand where memory fills faster than that thread alone can empty it. The disk is touched under one lock, which
 * callers only ever try.
 */
final class Detour {
    private static final Logger log = LoggerFactory.getLogger(ArtifactEmitter.class);
    private static final long NOTE_INTERVAL = Duration.ofSeconds(1).toNanos();

    private final SpoolSettings settings;
    private final Outbox outbox;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final SpoolAccount account;
    private final SpoolTroubles troubles;
    private final Spooling spooling;
    private @Nullable Spool spool;
    private long forceAt;
    private long noteAt;
    private boolean closed;
    private volatile boolean on;

    Detour(SpoolSettings settings, Outbox outbox, Drops drops, LongSupplier nanoClock) {
        this.settings = settings;
        this.outbox = outbox;
        this.nanoClock = nanoClock;
        this.account = new SpoolAccount(drops);
        this.troubles = new SpoolTroubles(settings, nanoClock);
        this.spooling = new Spooling(outbox, account, troubles);
        this.forceAt = nanoClock.getAsLong();
        this.noteAt = forceAt;
    }

    boolean isOn() {
        return on;
    }

    DropReason noRoom() {
        return troubles.noRoom();
    }

    SpoolBooks books() {
        return account.books();
    }

    /** What is due now and then: opening, forgetting what is acknowledged, going back to the straight way. */
    void tend() {
        lock.lock();
        try {
            Spool open = spool == null ? tryToOpen() : spool;
            if (open != null) {
                open.release();
                open.deleteAcknowledged();
                account.countVanished(open);
                noteIfDue(open);
                on &= !(spooling.isIdle() && open.isRead());
                account.update(open);
            }
        } catch (IOException e) {
            // What could not be deleted comes again in the next process.
            troubles.warn("cannot delete what of the spool is delivered", e);
        } finally {
            lock.unlock();
        }
    }

    /** From now on events go over the disk, those that the producer has not delivered too. */
    void divert() {
        lock.lock();
        try {
            turnOn();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves a piece from memory to disk, if nobody else is at it. For callers.
     *
     * @return whether anything was moved
     */
    boolean relieve() {
        return lock.tryLock() && lendAHand();
    }

    private boolean lendAHand() {
        try {
            turnOn();
            return on && spool != null && spooling.movePiece(spool);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing on disk waits for something to be done at its time. */
    boolean isQuiet() {
        lock.lock();
        try {
            return spool == null || (!spool.hasUnforced() && !spooling.isAwaited() && !spool.isFarAhead());
        } finally {
            lock.unlock();
        }
    }

    /** Moves what waits in memory to disk. */
    boolean absorb() {
        boolean moved = false;
        boolean more = true;
        while (more) {
            lock.lock();
            try {
                more = spool != null && spooling.movePiece(spool);
                moved |= more;
            } finally {
                lock.unlock();
            }
        }
        return moved;
    }

    /** Forces what was written to the disk when that is due, and says so to those who wait for it. */
    void force() {
        Unforced toForce;
        List<Pending> waiting;
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            if (spool == null || (settings.fsync() == SpoolSettings.Fsync.INTERVAL && now - forceAt < 0)) {
                return;
            }
            forceAt = now + SpoolSettings.INTERVAL.toNanos();
            toForce = spool.takeUnforced();
            waiting = spooling.takeUnforced();
        } finally {
            lock.unlock();
        }
        force(toForce, waiting);
    }

    /** The next records to send, oldest first; they stay on disk until they are acknowledged. */
    List<StoredRecord> read() {
        lock.lock();
        try {
            return spool != null && troubles.mayRead() ? spool.read() : List.of();
        } catch (IOException e) {
            troubles.cannotRead(e);
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** The next events in memory, if nothing older is on disk. */
    List<Pending> takeDirect(int most) {
        lock.lock();
        try {
            List<Pending> taken = new ArrayList<>();
            boolean straight = !on && (spool == null || spool.isRead());
            for (Pending next = straight ? outbox.take() : null; next != null; next = outbox.take()) {
                taken.add(next);
                if (taken.size() == most) {
                    return taken;
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up an event that is on disk. On any thread. */
    void drop(StoredRecord stored, DropReason reason, String eventId) {
        account.drop(reason, eventId);
        stored.acknowledge();
    }

    /** Gives up an event of the producer, wherever it is by now. On any thread. */
    void drop(Pending underWay, DropReason reason) {
        // Under the lock nothing is on its way from memory to disk.
        lock.lock();
        try {
            if (!outbox.drop(underWay, reason)) {
                account.drop(reason, underWay.id());
                underWay.forget();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The producer is gone: all that it had not delivered is read again, before anything newer. */
    void startAgain() {
        lock.lock();
        try {
            outbox.recall();
            if (spool != null) {
                spool.rewind();
                spooling.producerIsEmpty();
                on = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is left in memory to disk, for the next process. */
    void close() {
        lock.lock();
        try {
            outbox.recall();
            spooling.producerIsEmpty();
            troubles.forgive();
            Spool last = spool == null && !outbox.isEmpty() ? tryToOpen() : spool;
            if (last != null) {
                while (spooling.movePiece(last)) {
                    // Until all is there, or the disk is full.
                }
                closeSpool(last);
            }
            spool = null;
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Spool tryToOpen() {
        if (closed || !troubles.mayWrite()) {
            return null;
        }
        try {
            Spool opened = Spool.open(settings);
            spool = opened;
            troubles.hasRoom(true);
            account.opened(opened);
            if (opened.recovered() > 0) {
                on = true;
                log.atInfo().addKeyValue("events", opened.recovered()).log("found events of an earlier process");
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            troubles.cannotWrite("cannot open the spool", e);
            return null;
        }
    }

    private void turnOn() {
        if (!on && spool != null && troubles.mayWrite() && spool.isRead()) {
            spooling.begin();
            on = true;
        }
    }

    private void force(Unforced toForce, List<Pending> waiting) {
        try {
            toForce.force();
            waiting.forEach(pending ->
                    pending.complete(new Receipt.InSpool(pending.event().envelope())));
        } catch (IOException e) {
            waiting.forEach(pending -> pending.fail(DropReason.SPOOL_FAILED));
            lock.lock();
            try {
                troubles.cannotWrite("cannot force the spool to the disk", e);
                if (spool != null) {
                    spool.startAfresh();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void noteIfDue(Spool open) {
        if (nanoClock.getAsLong() - noteAt < 0) {
            return;
        }
        noteAt = nanoClock.getAsLong() + NOTE_INTERVAL;
        try {
            open.noteAcknowledged();
            troubles.canNote();
        } catch (IOException e) {
            troubles.cannotNote(e);
        }
    }

    private void closeSpool(Spool last) {
        force(last.takeUnforced(), spooling.takeUnforced());
        try {
            last.close();
        } catch (IOException e) {
            troubles.warn("spool did not close in good order, events may come twice", e);
        }
        account.countVanished(last);
        account.update(last);
    }
}
