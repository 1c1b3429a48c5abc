package dev.dise.ingest.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file of a spool: records one after the other, and beside it a file that says how far they are acknowledged. Knows
 * three places: where the next record is written, read and acknowledged. Belongs to one thread at a time.
 */
final class Segment {
    static final String SUFFIX = ".spool";

    private static final String ACKNOWLEDGED_SUFFIX = ".acked";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Path acknowledgedFile;
    /** Not a channel: those close when a thread that was interrupted uses them, and callers' threads write here too. */
    private volatile @Nullable RandomAccessFile open;

    private long written;
    private long read;
    private long acknowledged;
    private long noted;
    /** Records in it that are not acknowledged. */
    private long records;

    private boolean forced = true;
    /** Something stands behind the end that is no record. */
    private boolean torn;

    private Segment(Path file) {
        this.file = file;
        this.acknowledgedFile = file.resolveSibling(file.getFileName() + ACKNOWLEDGED_SUFFIX);
    }

    /** A new file for this process to write. */
    static Segment create(Path file) throws IOException {
        Segment segment = new Segment(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        return segment;
    }

    /** A file that an earlier process left. */
    static Segment existing(Path file) throws IOException {
        Segment segment = new Segment(file);
        segment.written = Files.size(file);
        segment.acknowledged = Math.min(segment.notedPlace(), segment.written);
        segment.read = segment.acknowledged;
        segment.noted = segment.acknowledged;
        return segment;
    }

    /** Records in it that are not acknowledged; those that have become unreadable too. */
    long records() {
        return records;
    }

    /** That many intact ones were found in it. */
    void hasRecords(int count) {
        records += count;
    }

    long written() {
        return written;
    }

    boolean isRead() {
        return read == written;
    }

    boolean isAcknowledged() {
        return acknowledged == written;
    }

    boolean isForced() {
        return forced;
    }

    /** Whether something was written since the last time that this was asked. */
    boolean takeUnforced() {
        boolean unforced = !forced;
        forced = true;
        return unforced;
    }

    /**
     * Writes records at the end: all of them, or on failure none.
     *
     * @param count how many they are
     * @throws IOException if the disk is full or broken; what was written of them is cut off by the next call, or by readers
     */
    void append(byte[] bytes, int length, int count) throws IOException {
        RandomAccessFile out = open();
        if (torn) {
            out.setLength(written);
            torn = false;
        }
        torn = true;
        out.seek(written);
        out.write(bytes, 0, length);
        torn = false;
        written += length;
        records += count;
        forced = false;
    }

    /** Reads from the reading place on, up to some bytes but at least one record if there is one; goes on past damage. */
    Slice read(int maxBytes) throws IOException {
        Slice slice = read(read, Math.min(maxBytes, RecordFormat.MAX_BYTES));
        if (slice.records().isEmpty() && slice.end() < written) {
            slice = read(slice.end(), RecordFormat.MAX_BYTES).plusDamage(slice.damages());
        }
        read = slice.end();
        return slice;
    }

    /** A record of this segment that was not read but written just now. */
    StoredRecord recordUpTo(long end, byte[] payload) {
        return new StoredRecord(this, end, payload);
    }

    void skipToEnd() {
        read = written;
    }

    /** The next read begins with the first record that is not acknowledged. */
    void rewind() {
        read = acknowledged;
    }

    /** The first record that is not acknowledged is so now; it ends at that place. */
    void acknowledgeUpTo(long place) {
        acknowledged = place;
        records--;
    }

    /** Forces what was written to the disk. On any thread. */
    void force() throws IOException {
        RandomAccessFile file = open;
        if (file != null) {
            file.getFD().sync();
        }
    }

    /** Writes down how far it is acknowledged, so that another process does not begin at the start. */
    void noteAcknowledged() throws IOException {
        if (noted != acknowledged) {
            Files.writeString(acknowledgedFile, Long.toString(acknowledged));
            noted = acknowledged;
        }
    }

    void close() throws IOException {
        RandomAccessFile last = open;
        open = null;
        if (last != null) {
            last.close();
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(acknowledgedFile);
    }

    /** Moves it and what stands beside it into another folder. */
    static void move(Path file, Path folder) throws IOException {
        Segment there = new Segment(folder.resolve(file.getFileName()));
        Path acknowledgedHere = new Segment(file).acknowledgedFile;
        if (Files.exists(acknowledgedHere)) {
            Files.move(acknowledgedHere, there.acknowledgedFile);
        }
        Files.move(file, there.file);
    }

    private Slice read(long from, int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, written - from)];
        RandomAccessFile in = open();
        in.seek(from);
        int limit = 0;
        int count = 0;
        while (limit < bytes.length && count >= 0) {
            count = in.read(bytes, limit, bytes.length - limit);
            limit += Math.max(0, count);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        // Or at the end of a file that somebody has cut.
        boolean isEnd = from + limit >= written || limit < bytes.length;
        return slice(buffer, limit, from, isEnd);
    }

    private Slice slice(ByteBuffer buffer, int limit, long from, boolean isEnd) {
        List<StoredRecord> records = new ArrayList<>();
        int damages = 0;
        boolean damaged = false;
        int at = 0;
        while (at < limit) {
            RecordFormat.Found found = RecordFormat.look(buffer, at, limit);
            if (found == RecordFormat.Found.CUT && !isEnd) {
                break;
            }
            if (found == RecordFormat.Found.RECORD) {
                byte[] payload = RecordFormat.payload(buffer, at);
                at += RecordFormat.sizeOf(payload);
                records.add(new StoredRecord(this, from + at, payload));
                damaged = false;
            } else {
                damages += damaged ? 0 : 1;
                damaged = true;
                at = RecordFormat.nextCandidate(buffer, at + 1, limit);
            }
        }
        return new Slice(records, damages, isEnd && at >= limit ? written : from + at);
    }

    private RandomAccessFile open() throws IOException {
        RandomAccessFile file = open;
        if (file == null) {
            file = new RandomAccessFile(this.file.toFile(), "rw");
            open = file;
        }
        return file;
    }

    private long notedPlace() {
        try {
            return Math.max(
                    0,
                    Long.parseLong(
                            Files.readString(acknowledgedFile, ISO_8859_1).strip()));
        } catch (IOException | NumberFormatException e) {
            // Not written yet, torn or damaged: then everything is read again, which stores nothing twice.
            return 0;
        }
    }

    /**
     * What a read has found.
     *
     * @param records the intact records
     * @param damages places where something else stood
     * @param end where the next read begins
     */
    record Slice(List<StoredRecord> records, int damages, long end) {
        Slice plusDamage(int more) {
            return new Slice(records, damages + more, end);
        }
    }
}
