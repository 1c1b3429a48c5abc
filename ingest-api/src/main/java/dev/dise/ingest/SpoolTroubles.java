package dev.dise.ingest;

import dev.dise.ingest.spool.SpoolSettings;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong with the disk: it is told, and tried again after a pause. A disk that cannot be written may be read all the
 * same, which makes room. Guarded by the lock of the detour, but for {@link #noRoom}.
 */
final class SpoolTroubles {
    private static final Logger log = LoggerFactory.getLogger(ArtifactEmitter.class);
    private static final long PAUSE = Duration.ofSeconds(2).toNanos();

    private final SpoolSettings settings;
    private final LongSupplier nanoClock;
    private long writeAgainAt;
    private long readAgainAt;
    private boolean noteFailed;
    private volatile DropReason noRoom = DropReason.BUFFER_FULL;

    SpoolTroubles(SpoolSettings settings, LongSupplier nanoClock) {
        this.settings = settings;
        this.nanoClock = nanoClock;
        this.writeAgainAt = nanoClock.getAsLong();
        this.readAgainAt = writeAgainAt;
    }

    /** Why an event is lost that finds no room now. */
    DropReason noRoom() {
        return noRoom;
    }

    void hasRoom(boolean room) {
        noRoom = room ? DropReason.BUFFER_FULL : DropReason.SPOOL_FULL;
    }

    boolean mayWrite() {
        return nanoClock.getAsLong() - writeAgainAt >= 0;
    }

    boolean mayRead() {
        return nanoClock.getAsLong() - readAgainAt >= 0;
    }

    /** The last chance, also for a disk that failed a moment ago. */
    void forgive() {
        writeAgainAt = nanoClock.getAsLong();
    }

    /** Events stay where they are, and are tried again soon; whoever finds no room hears of the disk. */
    void cannotWrite(String what, Exception cause) {
        noRoom = DropReason.SPOOL_FAILED;
        writeAgainAt = nanoClock.getAsLong() + PAUSE;
        warn(what + ", will try again; until then events wait in memory", cause);
    }

    void cannotRead(Exception cause) {
        readAgainAt = nanoClock.getAsLong() + PAUSE;
        warn("cannot read the spool", cause);
    }

    /** Only a crash would need the note, and then some events come twice. Told once, not each second. */
    void cannotNote(Exception cause) {
        if (!noteFailed) {
            warn("cannot note what of the spool is delivered, events may come twice", cause);
        }
        noteFailed = true;
    }

    void canNote() {
        noteFailed = false;
    }

    void warn(String what, Exception cause) {
        log.atWarn().addKeyValue("folder", settings.folder()).setCause(cause).log(what);
    }
}
