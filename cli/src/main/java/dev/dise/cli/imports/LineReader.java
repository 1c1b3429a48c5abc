package dev.dise.cli.imports;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines as bytes, of which it keeps no more than a limit each, so that no input can exhaust the memory. Lines end
 * with LF or CRLF; the last one may end with the input.
 */
final class LineReader implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private int position;
    private int end;
    private long length;
    private long number;
    private long bytesRead;

    /**
     * @param limit the most bytes that are kept of a line
     */
    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next line, or null at the end of the input; blocks until there is one. */
    @Nullable
    InputLine next() throws IOException {
        kept.reset();
        length = 0;
        boolean sawAny = false;
        while (position < end || fill()) {
            sawAny = true;
            int lineEnd = indexOfLineEnd();
            keep(lineEnd);
            position = lineEnd;
            if (lineEnd < end) {
                position++;
                return line();
            }
        }
        return sawAny ? line() : null;
    }

    /** How many bytes came out of the input so far; for progress. */
    long bytesRead() {
        return bytesRead - (end - position);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(buffer));
        bytesRead += end;
        return end > 0;
    }

    private int indexOfLineEnd() {
        int i = position;
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private void keep(int lineEnd) {
        int size = lineEnd - position;
        // One more than the limit: the carriage return of a line that just fits.
        kept.write(buffer, position, Math.min(size, limit + 1 - kept.size()));
        length += size;
    }

    private InputLine line() {
        byte[] bytes = kept.toByteArray();
        boolean whole = bytes.length == length;
        if (whole && bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
            length--;
        }
        int size = (int) Math.min(Math.min(length, limit), bytes.length);
        return new InputLine(++number, size == bytes.length ? bytes : Arrays.copyOf(bytes, size), length);
    }
}
