package dev.dise.runtime.sink;

/**
 * Another worker has moved the place of a partition: what this one holds is written already or will be. Nothing of the
 * batch was written; the worker reads its place anew.
 */
public final class PlaceLostException extends Exception {
    public PlaceLostException(Partition partition) {
        super("another worker has moved the place in " + partition);
    }
}
