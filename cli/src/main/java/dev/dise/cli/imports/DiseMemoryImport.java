package dev.dise.cli.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a DiSE memory: its artifacts, then its tools. An iterator that reads a line when it is asked for one and keeps
 * nothing but the ids it saw, so a caller can pause between lines for as long as it likes. The same files give the same
 * events, ids and times included. For one thread.
 */
public final class DiseMemoryImport implements Iterator<ImportedLine>, Closeable {
    /**
     * The time of entries that have none: before anything that DiSE dated itself, so that a dated version wins over one
     * of unknown age.
     */
    public static final Instant UNTIMED = Instant.parse("2020-01-01T00:00:00Z");

    private final Deque<Source> sources = new ArrayDeque<>();
    private final ImportTally tally = new ImportTally();
    private final EntryImport entries;
    private @Nullable ImportedLine ahead;

    private DiseMemoryImport(Instant untimed) {
        entries = new EntryImport(untimed, tally);
    }

    /** Like {@link #open(Path, Path, Instant)}, with {@link #UNTIMED} as the time of what has none. */
    public static DiseMemoryImport open(@Nullable Path artifacts, @Nullable Path tools) throws IOException {
        return open(artifacts, tools, UNTIMED);
    }

    /**
     * Opens the files, each either JSON lines or one object of entries by id as in DiSE's {@code index.json}.
     *
     * @param artifacts the artifacts; null for none
     * @param tools the tool definitions; null for none
     * @param untimed the time of the first entry without one; a later one makes their events newer versions
     */
    public static DiseMemoryImport open(@Nullable Path artifacts, @Nullable Path tools, Instant untimed)
            throws IOException {
        DiseMemoryImport memory = new DiseMemoryImport(untimed);
        try {
            if (artifacts != null) {
                memory.add(artifacts, memory.entries::artifact);
            }
            if (tools != null) {
                memory.add(tools, memory.entries::tool);
            }
            return memory;
        } catch (IOException e) {
            memory.close();
            throw e;
        }
    }

    /**
     * Whether there is another line that is not blank; reads up to it.
     *
     * @throws UncheckedIOException if a file cannot be read any further
     */
    @Override
    public boolean hasNext() {
        while (ahead == null && !sources.isEmpty()) {
            readOn(sources.element());
        }
        return ahead != null;
    }

    @Override
    public ImportedLine next() {
        ImportedLine line = hasNext() ? ahead : null;
        if (line == null) {
            throw new NoSuchElementException("the import is at its end");
        }
        ahead = null;
        tally.add(line);
        return line;
    }

    /** What became of the lines so far. */
    public ImportSummary summary() {
        return tally.summary();
    }

    @Override
    public void close() throws IOException {
        while (!sources.isEmpty()) {
            sources.remove().entries().close();
        }
    }

    private void add(Path file, Reader reader) throws IOException {
        sources.add(new Source(String.valueOf(file.getFileName()), MemoryEntries.open(file), reader));
    }

    private void readOn(Source source) {
        try {
            MemoryEntry entry = source.entries().next();
            if (entry == null) {
                sources.remove().entries().close();
            } else {
                ahead = read(source, entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source.file(), e);
        }
    }

    private @Nullable ImportedLine read(Source source, MemoryEntry entry) {
        if (entry.refusal() != null) {
            return ImportedLine.refused(source.file(), entry.number(), entry.refusal());
        }
        if (entry.tree() != null) {
            return source.reader().read(source.file(), entry.number(), entry.tree());
        }
        tally.addBlank();
        return null;
    }

    private record Source(String file, MemoryEntries entries, Reader reader) {}

    private interface Reader {
        ImportedLine read(String file, long number, ObjectNode entry);
    }
}
