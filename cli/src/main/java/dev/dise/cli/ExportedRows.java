package dev.dise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;

/** Copies exported rows and counts them: a line end inside of quotes is part of a row. */
final class ExportedRows {
    private static final long TOLD_EVERY = 100_000;

    private final PrintWriter progress;
    private final int names;
    private long lines;
    private boolean quoted;

    /** @param names how many lines are no rows */
    ExportedRows(PrintWriter progress, int names) {
        this.progress = progress;
        this.names = names;
    }

    /**
     * Copies all of it.
     *
     * @throws IOException if it was cut off, or cannot be written; the message says how much is there
     */
    void from(Reader rows, Writer out) throws IOException {
        char[] buffer = new char[1 << 16];
        for (int read = next(rows, buffer); read >= 0; read = next(rows, buffer)) {
            out.write(buffer, 0, read);
            count(buffer, read);
        }
    }

    long rows() {
        return Math.max(0, lines - names);
    }

    private int next(Reader rows, char[] buffer) throws IOException {
        try {
            return rows.read(buffer);
        } catch (IOException e) {
            throw new IOException(
                    "the export was cut off behind " + rows() + " rows: what is there is not whole; begin again", e);
        }
    }

    /** JSON has no line end inside of quotes, and as many quotes that are not of a text as others. */
    private void count(char[] buffer, int read) {
        for (int i = 0; i < read; i++) {
            if (buffer[i] == '"' && names > 0) {
                quoted = !quoted;
            } else if (buffer[i] == '\n' && !quoted) {
                lines++;
                tell();
            }
        }
    }

    private void tell() {
        if (lines % TOLD_EVERY == 0) {
            progress.printf("%,d rows …%n", lines);
        }
    }
}
