package dev.dise.operations.backup;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/** Writes items one after the other: length, bytes, CRC-32C. */
final class FrameWriter {
    private final DataOutputStream out;
    private final CRC32C crc = new CRC32C();
    private long frames;

    FrameWriter(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    void write(byte[] bytes, int length) throws IOException {
        crc.reset();
        crc.update(bytes, 0, length);
        out.writeInt(length);
        out.write(bytes, 0, length);
        out.writeInt((int) crc.getValue());
        frames++;
    }

    long frames() {
        return frames;
    }
}
