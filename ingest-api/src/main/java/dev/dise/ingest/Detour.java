package dev.dise.ingest;

import dev.dise.ingest.spool.Spool;
import dev.dise.ingest.spool.SpoolSettings;
import dev.dise.ingest.spool.StoredRecord;
import dev.dise.ingest.spool.Unforced;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final long RETRY_PAUSE = Duration.ofSeconds(2).toNanos();
    private static final long NOTE_INTERVAL = Duration.ofSeconds(1).toNanos();

    private final SpoolSettings settings;
    private final Outbox outbox;
    private final Drops drops;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong dropped = new AtomicLong();
    private @Nullable Spool spool;
    private List<Pending> unforced = new ArrayList<>();
    /** Opening and writing; a disk that is full can be read, which makes room. */
    private long writeAgainAt;

    private long readAgainAt;
    private long forceAt;
    private long noteAt;
    private boolean underWayStored = true;
    private boolean noteFailed;
    private boolean closed;
    private long vanishedBefore;
    private volatile boolean on;
    private volatile DropReason noRoom = DropReason.BUFFER_FULL;
    private volatile SpoolBooks books = SpoolBooks.NONE;

    Detour(SpoolSettings settings, Outbox outbox, Drops drops, LongSupplier nanoClock) {
        this.settings = settings;
        this.outbox = outbox;
        this.drops = drops;
        this.nanoClock = nanoClock;
        long now = nanoClock.getAsLong();
        this.writeAgainAt = now;
        this.readAgainAt = now;
        this.forceAt = now;
        this.noteAt = now;
    }

    boolean isOn() {
        return on;
    }

    DropReason noRoom() {
        return noRoom;
    }

    SpoolBooks books() {
        return books;
    }

    /** What is due now and then: opening, forgetting what is acknowledged, going back to the straight way. */
    void tend() {
        lock.lock();
        try {
            Spool open = spool == null ? tryToOpen() : spool;
            if (open != null) {
                open.release();
                open.deleteAcknowledged();
                countVanished(open);
                noteIfDue(open);
                turnOffIfDone(open);
                updateBooks(open);
            }
        } catch (IOException e) {
            // What could not be deleted comes again in the next process.
            warn("cannot delete what of the spool is delivered", e);
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
            return on && absorbChunk();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing on disk waits for something to be done at its time. */
    boolean isQuiet() {
        lock.lock();
        try {
            return spool == null || (!spool.hasUnforced() && unforced.isEmpty());
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
                more = absorbChunk();
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
            waiting = unforced;
            unforced = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        force(toForce, waiting);
    }

    /** The next records to send, oldest first; they stay on disk until they are acknowledged. */
    List<StoredRecord> read() {
        lock.lock();
        try {
            return spool == null || nanoClock.getAsLong() - readAgainAt < 0 ? List.of() : spool.read();
        } catch (IOException e) {
            readAgainAt = nanoClock.getAsLong() + RETRY_PAUSE;
            warn("cannot read the spool", e);
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
        dropped.incrementAndGet();
        drops.add(reason, eventId);
        stored.acknowledge();
    }

    /** Gives up an event of the producer, wherever it is by now. On any thread. */
    void drop(Pending underWay, DropReason reason) {
        // Under the lock nothing is on its way from memory to disk.
        lock.lock();
        try {
            if (!outbox.drop(underWay, reason)) {
                dropped.incrementAndGet();
                drops.add(reason, underWay.id());
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
                underWayStored = true;
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
            underWayStored = true;
            // The last chance, also for a disk that failed a moment ago.
            writeAgainAt = nanoClock.getAsLong();
            Spool last = spool == null && !outbox.isEmpty() ? tryToOpen() : spool;
            if (last != null) {
                while (absorbChunk()) {
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
        if (closed || nanoClock.getAsLong() - writeAgainAt < 0) {
            return null;
        }
        try {
            Spool opened = Spool.open(settings);
            spool = opened;
            noRoom = DropReason.BUFFER_FULL;
            countDamaged(opened.damaged());
            if (opened.recovered() > 0) {
                on = true;
                log.atInfo().addKeyValue("events", opened.recovered()).log("found events of an earlier process");
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            fail("cannot open the spool", e);
            return null;
        }
    }

    private void turnOffIfDone(Spool open) {
        boolean nothingToAbsorb = outbox.isEmpty() || !mayWrite();
        if (on && underWayStored && open.isRead() && nothingToAbsorb) {
            on = false;
        }
    }

    private void turnOn() {
        if (!on && spool != null && mayWrite() && spool.isRead()) {
            underWayStored = false;
            on = true;
        }
    }

    /** Moves a piece: first of what the producer has not delivered, then of what waits. False if there is none, or no room. */
    private boolean absorbChunk() {
        Spool into = spool;
        if (into == null || !mayWrite()) {
            return false;
        }
        try {
            return (!underWayStored && storeUnderWay(into)) || storeWaiting(into);
        } catch (IOException e) {
            fail("cannot write the spool", e);
            return false;
        }
    }

    /** The producer still has them and will mostly deliver them: they are read only if it breaks. */
    private boolean storeUnderWay(Spool into) throws IOException {
        List<Pending> chunk = outbox.claimUnderWay(Spool.CHUNK_BYTES);
        if (chunk.isEmpty()) {
            underWayStored = true;
            return false;
        }
        boolean stored = false;
        try {
            List<byte[]> payloads = hasRoomForData(into, chunk) ? encode(chunk) : List.of();
            if (!payloads.isEmpty() && hasRoom(into, payloads)) {
                List<StoredRecord> records = into.appendAsRead(payloads);
                stored = true;
                updateBooks(into);
                for (int i = 0; i < records.size(); i++) {
                    chunk.get(i).storedAs(records.get(i));
                    chunk.get(i).settle();
                    isSpooled(chunk.get(i));
                }
            }
        } finally {
            if (!stored) {
                chunk.forEach(outbox::giveBack);
            }
        }
        return stored;
    }

    private boolean storeWaiting(Spool into) throws IOException {
        List<Pending> chunk = underWayStored ? outbox.peek(Spool.CHUNK_BYTES) : List.of();
        if (chunk.isEmpty() || !hasRoomForData(into, chunk)) {
            return false;
        }
        List<byte[]> payloads = encode(chunk);
        if (!hasRoom(into, payloads)) {
            return false;
        }
        into.append(payloads);
        // Before anything leaves the memory, so that whoever looks there first and then here misses none.
        updateBooks(into);
        outbox.remove(chunk);
        for (Pending pending : chunk) {
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
    private boolean hasRoomForData(Spool into, List<Pending> chunk) {
        return hasRoom(
                into,
                chunk.stream()
                        .mapToLong(pending -> pending.event().data().length)
                        .sum());
    }

    private boolean hasRoom(Spool into, List<byte[]> payloads) {
        return hasRoom(into, payloads.stream().mapToLong(Spool::sizeOf).sum());
    }

    private boolean hasRoom(Spool into, long size) {
        boolean room = into.hasRoomFor(size);
        noRoom = room ? DropReason.BUFFER_FULL : DropReason.SPOOL_FULL;
        return room;
    }

    private boolean mayWrite() {
        return nanoClock.getAsLong() - writeAgainAt >= 0;
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
                fail("cannot force the spool to the disk", e);
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
            noteFailed = false;
        } catch (IOException e) {
            // Only a crash would need it, and then some events come twice. Told once, not each second.
            if (!noteFailed) {
                log.atWarn().setCause(e).log("cannot note what of the spool is delivered, events may come twice");
            }
            noteFailed = true;
        }
    }

    /** Places of the disk that an event has come from, or would have. */
    private void countDamaged(long places) {
        dropped.addAndGet(places);
        for (long i = 0; i < places; i++) {
            drops.add(DropReason.SPOOL_DAMAGED, "");
        }
    }

    private void countVanished(Spool of) {
        countDamaged(of.vanished() - vanishedBefore);
        vanishedBefore = of.vanished();
    }

    private void closeSpool(Spool last) {
        List<Pending> waiting = unforced;
        unforced = new ArrayList<>();
        force(last.takeUnforced(), waiting);
        try {
            last.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("spool did not close in good order, events may come twice");
        }
        countVanished(last);
        updateBooks(last);
    }

    /** A place that was damaged before it was opened is an event that came and was dropped. */
    private void updateBooks(Spool of) {
        books = new SpoolBooks(
                of.recovered() + of.damaged(),
                of.taken() + of.damaged(),
                of.released() + of.damaged(),
                dropped.get(),
                of.bytes());
    }

    /** Events stay where they are, and are tried again soon; whoever finds no room hears of the disk. */
    private void fail(String what, Exception cause) {
        noRoom = DropReason.SPOOL_FAILED;
        writeAgainAt = nanoClock.getAsLong() + RETRY_PAUSE;
        warn(what + ", will try again; until then events wait in memory", cause);
    }

    private void warn(String what, Exception cause) {
        log.atWarn().addKeyValue("folder", settings.folder()).setCause(cause).log(what);
    }

    private static List<byte[]> encode(List<Pending> chunk) {
        return chunk.stream()
                .map(pending -> SpooledEvent.encode(pending.event()))
                .toList();
    }
}
