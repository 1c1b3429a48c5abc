package dev.dise.cli.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log as events, one for each record: a line, with the stack trace and indented lines that follow it. An
 * iterator that reads on when it is asked for a record, in bounded memory, so a caller can pause between records for as
 * long as it likes. The same log gives the same ids. For one thread.
 */
public final class LogFileImport implements Iterator<ImportedLog>, Closeable {
    /** What is kept of a line. */
    public static final int MAX_LINE_BYTES = 64 * 1024;
    /** The file name that stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    private final LineReader lines;
    private final String file;
    private final String toolId;
    private final LogLineParser parser;
    private final Continuation continuation = new Continuation();
    private final LogTally tally = new LogTally();
    private Instant lastTime;
    private @Nullable LogRecord open;
    private @Nullable LogRecord ahead;
    private boolean atEnd;

    private LogFileImport(InputStream in, String file, LogImportOptions options) {
        lines = new LineReader(in, MAX_LINE_BYTES);
        this.file = file;
        toolId = options.toolId();
        parser = new LogLineParser(options);
        lastTime = options.untimed();
    }

    /** Opens a file. The ids of its events hold its name, without its directory. */
    public static LogFileImport open(Path file, LogImportOptions options) throws IOException {
        return of(Files.newInputStream(file), String.valueOf(file.getFileName()), options);
    }

    /**
     * Reads a stream, which {@link #close} closes.
     *
     * @param file the name that the ids of the events hold; {@link #STANDARD_INPUT} where there is none
     */
    public static LogFileImport of(InputStream in, String file, LogImportOptions options) {
        return new LogFileImport(in, file, options);
    }

    /**
     * Whether there is another record; reads up to the beginning of the one after it.
     *
     * @throws UncheckedIOException if the input cannot be read any further
     */
    @Override
    public boolean hasNext() {
        try {
            while (ahead == null && !atEnd) {
                readOn();
            }
            return ahead != null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public ImportedLog next() {
        LogRecord next = hasNext() ? ahead : null;
        if (next == null) {
            throw new NoSuchElementException("the log is at its end");
        }
        ahead = null;
        tally.addRecord(next);
        return next.event(toolId, file);
    }

    /** What became of the lines so far. */
    public LogImportSummary summary() {
        return tally.summary(lines.bytesRead());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private void readOn() throws IOException {
        InputLine line = lines.next();
        if (line == null) {
            atEnd = true;
            ahead = open;
            open = null;
            return;
        }
        LogText text = LogText.of(line);
        tally.addLine(text);
        if (!text.isBlank()) {
            take(text);
        }
    }

    private void take(LogText text) {
        LogLine line = parser.parse(text.text());
        LogRecord current = open;
        if (current == null || line.hasHead() || !continuation.continues(text.text())) {
            begin(text, line);
        } else if (current.hasRoomFor(text.text())) {
            current.append(text.text());
        } else {
            beginRest(text, current);
        }
    }

    private void begin(LogText text, LogLine line) {
        Instant said = line.time();
        lastTime = said == null ? lastTime : said;
        continuation.begin(text.text());
        ahead = open;
        open = new LogRecord(text, line, lastTime);
    }

    /** A record that has no room left goes on in another, of the same level. */
    private void beginRest(LogText text, LogRecord full) {
        ahead = full;
        LogLine rest = LogLine.of(full.first().level(), text.text(), Map.of("continued", true));
        open = new LogRecord(text, rest, lastTime);
    }
}
