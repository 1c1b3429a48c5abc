package dev.dise.ingest;

/**
 * What an emitter has on disk.
 *
 * @param recovered events found in the spool at the start, left by earlier processes; a damaged place counts as one
 * @param taken events that ever were in it, the recovered ones included
 * @param left events that have left it: delivered or dropped
 * @param dropped those of them that were dropped
 * @param bytes its size
 */
record SpoolBooks(long recovered, long taken, long left, long dropped, long bytes) {
    static final SpoolBooks NONE = new SpoolBooks(0, 0, 0, 0, 0);

    /** Events that are on disk now. */
    long events() {
        return taken - left;
    }

    long delivered() {
        return left - dropped;
    }
}
