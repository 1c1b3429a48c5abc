package dev.dise.ingest.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out log on disk, bounded in bytes. What {@link #append} has returned survives the death of the process;
 * what {@link Unforced#force} has forced survives a power cut. Records leave it once they and all before them are acknowledged; after
 * a crash those since the last {@link #noteAcknowledged} come again.
 *
 * <p>Not thread-safe: one thread at a time, but for {@link StoredRecord#acknowledge} and {@link Unforced#force}.
 */
public final class Spool implements AutoCloseable {
    /** The most bytes of one call of {@link #append}, and of one read. */
    public static final int CHUNK_BYTES = 256 << 10;

    /** The most bytes of records that are read and wait for an older one to be acknowledged. */
    static final long READ_AHEAD_BYTES = 8L << 20;

    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int SEGMENTS_AT_LEAST = 8;

    private final SpoolSettings settings;
    private final Slot slot;
    private final long segmentBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Deque<StoredRecord> inFlight = new ArrayDeque<>();
    private long inFlightBytes;
    private ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    private boolean writesLast;
    private boolean folderForced = true;
    /** Of the newest segment: milliseconds of the epoch, but always more than the one before, whatever the clock does. */
    private long lastStamp;

    private long appended;
    private long released;
    private long recovered;
    private long damaged;
    private long vanished;

    private Spool(SpoolSettings settings, Slot slot) {
        this.settings = settings;
        this.slot = slot;
        this.segmentBytes = Math.min(SEGMENT_BYTES, settings.maxBytes() / SEGMENTS_AT_LEAST);
    }

    /**
     * Takes a part of the folder for this process, with everything that dead processes have left in any part.
     *
     * @throws IOException if the folder cannot be made, read or written
     */
    public static Spool open(SpoolSettings settings) throws IOException {
        Slot slot = Slot.take(settings.folder());
        Spool spool = new Spool(settings, slot);
        try {
            spool.recover();
            return spool;
        } catch (IOException | RuntimeException | Error e) {
            slot.close();
            throw e;
        }
    }

    /** Records that earlier processes left and that are intact. */
    public long recovered() {
        return recovered;
    }

    /** Records that were intact once and could not be read when it was their turn; they count as released. */
    public long vanished() {
        return vanished;
    }

    /** Places of what they left where something else stood than a record: a torn end, or a damage of the disk. */
    public long damaged() {
        return damaged;
    }

    /** Records that are not acknowledged. */
    public long records() {
        return recovered + appended - released;
    }

    /** How many records were ever appended or recovered; the last of them is acknowledged when {@link #released} is as high. */
    public long taken() {
        return recovered + appended;
    }

    /** How many records were acknowledged, all before them too. */
    public long released() {
        return released;
    }

    /** The bytes of segments that are not acknowledged whole. */
    public long bytes() {
        return segments.stream().mapToLong(Segment::written).sum();
    }

    /** What a payload takes on disk. */
    public static int sizeOf(byte[] payload) {
        return RecordFormat.sizeOf(payload);
    }

    /** Whether that many more bytes stay within the bound. */
    public boolean hasRoomFor(long more) {
        return bytes() + more <= settings.maxBytes();
    }

    /**
     * Appends records: all of them or, on failure, none.
     *
     * @param payloads at most 1 MiB each
     * @throws IOException if the disk is full or broken
     */
    public void append(List<byte[]> payloads) throws IOException {
        Segment segment = writable();
        int length = encode(payloads);
        segment.append(chunk.array(), length, payloads.size());
        appended += payloads.size();
    }

    /** Appends records that are under way already: they will be read only after {@link #rewind}. All others must be read. */
    public List<StoredRecord> appendAsRead(List<byte[]> payloads) throws IOException {
        if (!isRead()) {
            throw new IllegalStateException("there are records that nobody has read");
        }
        append(payloads);
        Segment segment = segments.getLast();
        List<StoredRecord> stored = new ArrayList<>();
        long end =
                segment.written() - payloads.stream().mapToLong(Spool::sizeOf).sum();
        for (byte[] payload : payloads) {
            end += sizeOf(payload);
            stored.add(segment.recordUpTo(end, payload));
        }
        segment.skipToEnd();
        areInFlight(stored);
        return stored;
    }

    /** The next records in order; empty when all were read, or too many are not acknowledged. */
    public List<StoredRecord> read() throws IOException {
        for (Segment segment : segments) {
            if (!segment.isRead() && inFlightBytes < READ_AHEAD_BYTES) {
                List<StoredRecord> records = segment.read(CHUNK_BYTES).records();
                areInFlight(records);
                if (segment.isRead() && segment.isForced() && segment != segments.getLast()) {
                    segment.close();
                }
                return records;
            }
        }
        return List.of();
    }

    /** Whether nothing more is read until something is acknowledged. */
    public boolean isFarAhead() {
        return inFlightBytes >= READ_AHEAD_BYTES && !isRead();
    }

    /** Whether every record was read. */
    public boolean isRead() {
        return segments.stream().allMatch(Segment::isRead);
    }

    /** Begins again with the first record that is not acknowledged. */
    public void rewind() {
        release();
        inFlight.clear();
        inFlightBytes = 0;
        segments.forEach(Segment::rewind);
    }

    /** Forgets what is acknowledged, and deletes the segments that are so as a whole. */
    public void release() {
        while (!inFlight.isEmpty() && inFlight.getFirst().isAcknowledged()) {
            StoredRecord first = inFlight.removeFirst();
            inFlightBytes -= sizeOf(first.payload());
            first.segment().acknowledgeUpTo(first.end());
            released++;
        }
    }

    /** Deletes the segments of which everything is acknowledged. */
    public void deleteAcknowledged() throws IOException {
        while (!segments.isEmpty() && segments.getFirst().isRead() && isDone(segments.getFirst())) {
            Segment done = segments.removeFirst();
            vanished += done.records();
            released += done.records();
            done.delete();
        }
        writesLast &= !segments.isEmpty();
    }

    /** Writes down how far it is acknowledged. */
    public void noteAcknowledged() throws IOException {
        if (!segments.isEmpty()) {
            segments.getFirst().noteAcknowledged();
        }
    }

    /** Whether something was appended and not yet forced to the disk. */
    public boolean hasUnforced() {
        return !folderForced || !segments.stream().allMatch(Segment::isForced);
    }

    /** What was appended and not yet forced to the disk; from now on it counts as forced, so it must be. */
    public Unforced takeUnforced() {
        List<Segment> open = segments.stream().filter(Segment::takeUnforced).toList();
        @Nullable Path folder = folderForced ? null : slot.folder();
        folderForced = true;
        return new Unforced(open, folder);
    }

    /** Writes no more to the segment that it writes: after a failure to force, nobody knows what of it is on the disk. */
    public void startAfresh() {
        writesLast = false;
    }

    /** Writes down where it stands and frees its part of the folder. What it holds stays for the next one. */
    @Override
    public void close() throws IOException {
        try (slot) {
            release();
            deleteAcknowledged();
            noteAcknowledged();
            takeUnforced().force();
            for (Segment segment : segments) {
                segment.close();
            }
        }
    }

    private void recover() throws IOException {
        for (Path file : slot.segments()) {
            lastStamp = Math.max(lastStamp, Slot.stampOf(file));
            Segment segment = Segment.existing(file);
            segments.add(segment);
            while (!segment.isRead()) {
                Segment.Slice slice = segment.read(CHUNK_BYTES);
                segment.hasRecords(slice.records().size());
                recovered += slice.records().size();
                damaged += slice.damages();
            }
            segment.rewind();
            segment.close();
        }
    }

    private void areInFlight(List<StoredRecord> records) {
        inFlight.addAll(records);
        records.forEach(record -> inFlightBytes += sizeOf(record.payload()));
    }

    /** A segment without a record that waits: what is left of it, if anything, is damage. */
    private boolean isDone(Segment segment) {
        return segment.isAcknowledged() || inFlight.stream().noneMatch(record -> record.segment() == segment);
    }

    private Segment writable() throws IOException {
        Segment last = segments.peekLast();
        if (last != null && writesLast && last.written() < segmentBytes) {
            return last;
        }
        lastStamp = Math.max(System.currentTimeMillis(), lastStamp + 1);
        Segment fresh = Segment.create(slot.newSegment(lastStamp));
        segments.addLast(fresh);
        writesLast = true;
        folderForced = false;
        return fresh;
    }

    private int encode(List<byte[]> payloads) {
        long bytes = payloads.stream().mapToLong(Spool::sizeOf).sum();
        if (chunk.capacity() < bytes) {
            chunk = ByteBuffer.allocate(Math.toIntExact(bytes));
        }
        chunk.clear();
        payloads.forEach(payload -> RecordFormat.put(chunk, payload));
        return chunk.position();
    }
}
