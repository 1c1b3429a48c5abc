package dev.dise.pg.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Counts the rows of a CSV file with a header while somebody else reads it. Line ends inside quotes end no row. */
final class CsvRows extends FilterInputStream {
    private final LongConsumer watcher;
    private boolean quoted;
    private long lines;

    /**
     * @param watcher is told from time to time how many rows have passed
     */
    CsvRows(InputStream csv, LongConsumer watcher) {
        super(csv);
        this.watcher = watcher;
    }

    /** Rows that have passed, without the header. */
    long count() {
        return Math.max(0, lines - 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        for (int i = offset; i < offset + read; i++) {
            if (buffer[i] == '"') {
                quoted = !quoted;
            } else if (buffer[i] == '\n' && !quoted) {
                lines++;
            }
        }
        watcher.accept(count());
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }
}
