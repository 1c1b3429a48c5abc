package dev.dise.runtime.config;

import java.nio.file.Path;

/**
 * The files that take events while Kafka cannot.
 *
 * @param dir a folder of its own; empty for no spool
 * @param maxBytes the most that it may hold; beyond, new events are refused and old ones kept
 * @param fsync when what was written is forced to the disk
 */
public record SpoolConfig(String dir, long maxBytes, Fsync fsync) {
    private static final long DEFAULT_BYTES = 1L << 30;
    private static final long LEAST_BYTES = 4L << 20;
    private static final long MOST_BYTES = 1L << 50;

    /** When what was written is forced to the disk. */
    public enum Fsync {
        /** Before an event counts as taken. */
        ALWAYS,
        /** Every few hundred milliseconds: a power cut may cost that much. */
        INTERVAL
    }

    /** No spool. */
    public static SpoolConfig none() {
        return new SpoolConfig("", DEFAULT_BYTES, Fsync.ALWAYS);
    }

    /** This one, or if it is none, one in that folder. */
    SpoolConfig orIn(Path folder) {
        return exists() ? this : new SpoolConfig(folder.toString(), maxBytes, fsync);
    }

    /** Whether there is one. */
    public boolean exists() {
        return !dir.isEmpty();
    }

    static SpoolConfig from(Section section) {
        SpoolConfig config = new SpoolConfig(
                section.text("dir", "").strip(),
                section.size("max_bytes", DEFAULT_BYTES, LEAST_BYTES, MOST_BYTES),
                section.choice("fsync", Fsync.ALWAYS, Fsync.values()));
        section.refuseUnknownKeys();
        return config;
    }
}
