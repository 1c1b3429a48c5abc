package dev.dise.pg.archive;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Reads the files of an archive, and tells whether they are what was written. */
final class ArchiveReader {
    private final ArchiveStore store;

    ArchiveReader(ArchiveStore store) {
        this.store = store;
    }

    /**
     * The rows of a file, unpacked; the caller closes it.
     *
     * @param watcher is told how many rows have been read
     */
    CsvRows rows(String file, LongConsumer watcher) throws IOException {
        return new CsvRows(new ZstdInputStreamNoFinalizer(store.get(file)), watcher);
    }

    /**
     * Reads the manifest of a file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    Manifest manifest(String file) throws IOException {
        try (InputStream in = store.get(Manifest.fileOf(file))) {
            return Manifest.decode(file, in.readAllBytes());
        }
    }

    /**
     * Reads a file from beginning to end, and returns its manifest.
     *
     * @param known what the list of the archives says of it
     * @throws BrokenFileException if it is not the file that was written
     * @throws java.nio.file.NoSuchFileException if it is gone
     */
    Manifest verify(ArchivedFile known, LongConsumer watcher) throws IOException {
        Manifest manifest = manifest(known.file());
        if (!manifest.sha256().equals(known.sha256())
                || manifest.rows() != known.rows()
                || manifest.bytes() != known.bytes()) {
            throw new BrokenFileException(Manifest.fileOf(known.file()) + " is of another file of that name");
        }
        verify(known.file(), manifest, watcher);
        return manifest;
    }

    /** The same for a file that is in no list yet. */
    void verify(String file, Manifest manifest, LongConsumer watcher) throws IOException {
        Measure measure = new Measure();
        long rows;
        try (InputStream packed = new Measured(store.get(file), measure);
                CsvRows csv = new CsvRows(new ZstdInputStreamNoFinalizer(packed), watcher)) {
            csv.transferTo(OutputStream.nullOutputStream());
            packed.transferTo(OutputStream.nullOutputStream());
            rows = csv.count();
        } catch (ZstdIOException e) {
            throw new BrokenFileException(file + " cannot be unpacked: " + e.getMessage(), e);
        }
        require(file, "bytes", measure.bytes(), manifest.bytes());
        require(file, "checksum", measure.sha256(), manifest.sha256());
        require(file, "rows", rows, manifest.rows());
    }

    private static void require(String file, String what, Object is, Object was) throws BrokenFileException {
        if (!is.equals(was)) {
            throw new BrokenFileException("the " + what + " of " + file + " was " + was + " and is " + is);
        }
    }

    private static final class Measured extends FilterInputStream {
        private final Measure measure;

        Measured(InputStream in, Measure measure) {
            super(in);
            this.measure = measure;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                measure.take(buffer, offset, read);
            }
            return read;
        }
    }
}
