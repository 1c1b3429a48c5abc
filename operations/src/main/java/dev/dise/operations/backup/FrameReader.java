package dev.dise.operations.backup;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads items one after the other, as {@link FrameWriter} wrote them. */
final class FrameReader implements AutoCloseable {
    /** More than any record of the line can have: a length beyond it is damage, and must not become memory. */
    private static final int MOST = 256 * 1024 * 1024;

    private final PushbackInputStream source;
    private final DataInputStream in;
    private final CRC32C crc = new CRC32C();

    FrameReader(InputStream in) {
        this.source = new PushbackInputStream(in);
        this.in = new DataInputStream(source);
    }

    /**
     * The next; null at the end.
     *
     * @throws IOException if it is not what was written
     */
    byte @Nullable [] next() throws IOException {
        int first = source.read();
        if (first < 0) {
            return null;
        }
        source.unread(first);
        int length = in.readInt();
        if (length < 0 || length > MOST) {
            throw new IOException("an item says that it has " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        crc.reset();
        crc.update(bytes);
        if (in.readInt() != (int) crc.getValue()) {
            throw new IOException("an item is not what was written");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
