package dev.dise.gateway;

import dev.dise.schemas.Event;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a body into its lines, without the blank ones. It holds one line at a time, and of one that is too long nothing. */
final class Lines {
    /** The longest line: the largest data, and room for what is around them. */
    static final int MOST_BYTES = Event.MAX_DATA_BYTES + 64 * 1024;

    private static final int PIECE = 16 * 1024;

    private final InputStream body;
    private final byte[] piece = new byte[PIECE];
    private int at;
    private int end;
    private byte[] line = new byte[1024];
    private long length;
    private boolean isBlank;
    private int count;

    /** A line. */
    static final class Line {
        private final int index;
        private final long length;
        private final byte @Nullable [] bytes;

        private Line(int index, long length, byte @Nullable [] bytes) {
            this.index = index;
            this.length = length;
            this.bytes = bytes;
        }

        /** Its place among those that are not blank, from 0. */
        int index() {
            return index;
        }

        /** Its bytes, counted. */
        long length() {
            return length;
        }

        /** Its bytes; null if they are too many. */
        byte @Nullable [] bytes() {
            return bytes;
        }
    }

    Lines(InputStream body) {
        this.body = body;
    }

    /** How many there were so far. */
    int count() {
        return count;
    }

    /** The next one; null at the end. */
    @Nullable
    Line next() {
        while (true) {
            boolean isLast = !readLine();
            if (!isBlank) {
                byte[] bytes = length > MOST_BYTES ? null : Arrays.copyOf(line, (int) length);
                return new Line(count++, length, bytes);
            }
            if (isLast) {
                return null;
            }
        }
    }

    /** Reads up to the end of a line; false at the end of the body. */
    private boolean readLine() {
        length = 0;
        isBlank = true;
        while (at < end || fill()) {
            int begin = at;
            while (at < end && piece[at] != '\n') {
                isBlank = isBlank && isSpace(piece[at]);
                at++;
            }
            append(begin, at - begin);
            if (at < end) {
                at++;
                return true;
            }
        }
        return false;
    }

    private void append(int from, int bytes) {
        length += bytes;
        if (length > MOST_BYTES) {
            return;
        }
        if (length > line.length) {
            line = Arrays.copyOf(line, (int) Math.max(length, Math.min(MOST_BYTES, 2L * line.length)));
        }
        System.arraycopy(piece, from, line, (int) length - bytes, bytes);
    }

    private boolean fill() {
        try {
            at = 0;
            end = Math.max(0, body.read(piece, 0, PIECE));
            return end > 0;
        } catch (IOException e) {
            throw new ProblemException(Problem.encoding());
        }
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t' || value == '\r';
    }
}
