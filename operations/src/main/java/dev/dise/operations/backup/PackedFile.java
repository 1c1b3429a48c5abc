package dev.dise.operations.backup;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;

/** A file of a backup while it is written: what goes in is packed by zstd, counted and measured. */
final class PackedFile extends OutputStream {
    private static final int BUFFER = 128 * 1024;

    private final MeasuredOutput disk;
    private final OutputStream packing;
    private final Consumer<Measured> whole;
    private long rawBytes;

    /**
     * What a file has become.
     *
     * @param sha256 in hexadecimal
     */
    record Measured(long items, long rawBytes, long bytes, String sha256) {}

    /**
     * @param whole is told when the file is finished, and never if it is not
     */
    PackedFile(OutputStream file, Consumer<Measured> whole) throws IOException {
        this.disk = new MeasuredOutput(file);
        this.packing = new BufferedOutputStream(new ZstdOutputStreamNoFinalizer(disk), BUFFER);
        this.whole = whole;
    }

    /** Bytes that went in. */
    long rawBytes() {
        return rawBytes;
    }

    @Override
    public void write(int b) throws IOException {
        rawBytes++;
        packing.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        rawBytes += length;
        packing.write(bytes, from, length);
    }

    /** Ends the file, which is on the disk then. */
    void finish(long items) throws IOException {
        packing.close();
        whole.accept(new Measured(items, rawBytes, disk.bytes, HexFormat.of().formatHex(disk.digest.digest())));
    }

    @Override
    public void close() throws IOException {
        packing.close();
    }

    private static final class MeasuredOutput extends FilterOutputStream {
        private final MessageDigest digest = Digests.sha256();
        private long bytes;

        MeasuredOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            digest.update(buffer, from, length);
            bytes += length;
            out.write(buffer, from, length);
        }
    }
}
