package dev.dise.cli.imports;

import dev.dise.schemas.Event;
import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of events, one JSON document a line, or the whole input as one document of several lines. Bytes are handed on as
 * they came. Reads on when it is asked, in bounded memory. For one thread.
 */
public final class EventLines implements Closeable {
    private static final int LIMIT = Event.MAX_DATA_BYTES;

    private final InputStream in;
    private @Nullable LineReader lines;
    private byte @Nullable [] whole;

    private EventLines(InputStream in) {
        this.in = in;
    }

    /**
     * The data of one event, or why there is none.
     *
     * @param line where it begins, from 1
     * @param data its bytes as they came; empty if the line is blank or too long
     * @param bytes how many it had
     */
    @SuppressWarnings("ArrayRecordComponent") // lives for one step and is never compared
    public record EventLine(long line, byte[] data, long bytes) {
        /** Whether there is nothing in it. */
        public boolean isBlank() {
            return bytes == 0;
        }

        /** Whether it has more bytes than an event may have. */
        public boolean isTooLong() {
            return bytes > LIMIT;
        }
    }

    /** Reads a text that is all there. */
    public static EventLines of(byte[] document) {
        EventLines lines = new EventLines(new ByteArrayInputStream(document));
        lines.whole = document;
        return lines;
    }

    /** Reads a stream, which {@link #close} closes; of several lines one document if the first line is none. */
    public static EventLines of(InputStream in) throws IOException {
        EventLines lines = new EventLines(ByteOrderMark.skip(in));
        lines.whole = lines.wholeDocument();
        lines.lines = new LineReader(lines.in, LIMIT);
        return lines;
    }

    /** The next line, a blank one too; null at the end. Blocks until there is one. */
    public @Nullable EventLine next() throws IOException {
        if (whole != null) {
            byte[] data = whole;
            whole = null;
            lines = null;
            return new EventLine(1, data, data.length);
        }
        InputLine line = lines == null ? null : lines.next();
        if (line == null) {
            return null;
        }
        boolean blank = isBlank(line.bytes()) && !line.isCut();
        return new EventLine(
                line.number(), line.isCut() || blank ? new byte[0] : line.bytes(), blank ? 0 : line.length());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Looks no further than the first line if that is JSON, so that a stream that goes on for ever is read as it comes. */
    private byte @Nullable [] wholeDocument() throws IOException {
        in.mark(LIMIT + 2);
        byte[] first = firstLine();
        in.reset();
        if (isJson(first)) {
            return null;
        }
        in.mark(LIMIT + 2);
        byte[] all = in.readNBytes(LIMIT + 1);
        if (all.length <= LIMIT && isJson(all)) {
            return all;
        }
        in.reset();
        return null;
    }

    private byte[] firstLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean blank = true;
        for (int b = in.read(); b >= 0 && line.size() <= LIMIT; b = in.read()) {
            if (b == '\n' && !blank) {
                break;
            }
            blank &= isBlank((byte) b);
            line.write(b);
        }
        return line.toByteArray();
    }

    private static boolean isJson(byte[] bytes) {
        try {
            Json.parse(bytes);
            return true;
        } catch (InvalidEventException e) {
            // What is wrong with it is said when it is made an event.
            return false;
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (!isBlank(b)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
