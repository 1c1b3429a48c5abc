package dev.dise.ingest.spool;

/** A record that was read from the spool. The spool forgets it once it and all before it are acknowledged. */
public final class StoredRecord {
    private final Segment segment;
    private final long end;
    private final byte[] payload;
    private volatile boolean acknowledged;

    StoredRecord(Segment segment, long end, byte[] payload) {
        this.segment = segment;
        this.end = end;
        this.payload = payload;
    }

    /** The bytes that were written; not a copy. */
    public byte[] payload() {
        return payload;
    }

    /** It need not be kept any more. On any thread; twice is harmless. */
    public void acknowledge() {
        acknowledged = true;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    Segment segment() {
        return segment;
    }

    /** Where in its segment the next record begins. */
    long end() {
        return end;
    }
}
