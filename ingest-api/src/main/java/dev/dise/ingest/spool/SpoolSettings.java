package dev.dise.ingest.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a spool lies and how far it goes.
 *
 * @param folder its folder, owner-only; several processes may name the same one, each works in a numbered part of it
 * @param maxBytes the most bytes on disk of one process: at least {@value #LEAST_BYTES}
 * @param fsync when what was written is forced to the disk; a killed process loses nothing either way, a power cut does
 */
public record SpoolSettings(Path folder, long maxBytes, Fsync fsync) {
    /** The most bytes where nothing else is said: 1 GiB. */
    public static final long DEFAULT_BYTES = 1L << 30;
    /** Room for two of the largest records. */
    public static final long LEAST_BYTES = 4L << 20;
    /** How often {@link Fsync#INTERVAL} forces: what a power cut may cost. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    /** When written records are forced to the disk. */
    public enum Fsync {
        /** After each group of records that was written together, before any of them is called safe. */
        ALWAYS,
        /** Five times a second, while there is something to force. */
        INTERVAL
    }

    public SpoolSettings {
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("maxBytes must be at least " + LEAST_BYTES + " but is " + maxBytes);
        }
    }

    /** One GiB in that folder, forced five times a second. */
    public static SpoolSettings in(Path folder) {
        return new SpoolSettings(folder, DEFAULT_BYTES, Fsync.INTERVAL);
    }

    /** The same with another bound. */
    public SpoolSettings withMaxBytes(long bytes) {
        return new SpoolSettings(folder, bytes, fsync);
    }

    /** The same with another time of forcing. */
    public SpoolSettings withFsync(Fsync newFsync) {
        return new SpoolSettings(folder, maxBytes, newFsync);
    }
}
