package dev.dise.cli.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The entries of a file of a DiSE memory, one after the other. For one thread. */
interface MemoryEntries extends Closeable {

    /** The next entry, or null after the last. */
    @Nullable
    MemoryEntry next() throws IOException;

    /** Opens a file in whichever of its two shapes it is: one object per line, or one object of all entries by id. */
    static MemoryEntries open(Path file) throws IOException {
        return IndexEntries.isIndex(file) ? new IndexEntries(stream(file)) : new LineEntries(stream(file));
    }

    /** The bytes of the file without a byte-order mark. */
    static InputStream stream(Path file) throws IOException {
        return ByteOrderMark.skip(Files.newInputStream(file));
    }
}
