package dev.dise.operations.backup;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.dise.pg.backup.RowStream;
import dev.dise.runtime.kafka.MovedOffsets;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/** Files of a backup, unpacked again. */
final class PackedInput {
    private static final int BUFFER = 128 * 1024;

    private PackedInput() {}

    static InputStream open(Path folder, BackupFile file) throws IOException {
        return unpacked(Files.newInputStream(folder.resolve(file.path())));
    }

    /** Items one after the other. */
    static FrameReader frames(Path folder, BackupFile file) throws IOException {
        return new FrameReader(open(folder, file));
    }

    /**
     * Reads a file to its end.
     *
     * @param watcher is told how many bytes of it are read
     * @throws IOException if it is not what was written; the message says in what it differs
     */
    static void verify(Path folder, BackupFile file, LongConsumer watcher) throws IOException {
        try (DigestedInput disk = new DigestedInput(Files.newInputStream(folder.resolve(file.path())), watcher)) {
            long items = count(file.kind(), unpacked(disk));
            disk.skipToEnd();
            require("bytes", file.bytes(), disk.bytes);
            if (!file.sha256().equals(HexFormat.of().formatHex(disk.digest.digest()))) {
                throw new IOException("its bytes are not those that were written");
            }
            require(file.kind().wireName(), file.items(), items);
        }
    }

    private static void require(String what, long written, long there) throws IOException {
        if (written != there) {
            throw new IOException("it has " + there + " " + what + " of " + written);
        }
    }

    private static long count(BackupFile.Kind kind, InputStream in) throws IOException {
        return switch (kind) {
            case RECORDS, POINTS -> {
                FrameReader frames = new FrameReader(in);
                long count = 0;
                while (frames.next() != null) {
                    count++;
                }
                yield count;
            }
            case ROWS -> {
                RowStream rows = new RowStream(in, List.of(), MovedOffsets.NONE, row -> {});
                rows.transferTo(OutputStream.nullOutputStream());
                yield rows.rows();
            }
        };
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        return new BufferedInputStream(new ZstdInputStreamNoFinalizer(in), BUFFER);
    }

    private static final class DigestedInput extends FilterInputStream {
        private final MessageDigest digest = Digests.sha256();
        private final LongConsumer watcher;
        private long bytes;

        DigestedInput(InputStream in, LongConsumer watcher) {
            super(in);
            this.watcher = watcher;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            if (read > 0) {
                digest.update(buffer, from, read);
                bytes += read;
                watcher.accept(bytes);
            }
            return read;
        }

        /** What stands behind the packed end is part of the file, too. */
        void skipToEnd() throws IOException {
            transferTo(OutputStream.nullOutputStream());
        }
    }
}
