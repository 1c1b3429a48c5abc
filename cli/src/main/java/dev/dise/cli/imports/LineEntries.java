package dev.dise.cli.imports;

import dev.dise.schemas.InvalidEventException;
import dev.dise.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Entries as JSON lines. */
final class LineEntries implements MemoryEntries {
    /** Twice what fits into events, and an embedding, all of it escaped. */
    static final int MAX_LINE_BYTES = 8 * 1024 * 1024;

    private final LineReader lines;

    LineEntries(InputStream in) {
        lines = new LineReader(in, MAX_LINE_BYTES);
    }

    @Override
    public @Nullable MemoryEntry next() throws IOException {
        InputLine line = lines.next();
        return line == null ? null : entry(line);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static MemoryEntry entry(InputLine line) {
        if (line.isCut()) {
            String explanation = "has " + line.length() + " bytes; at most " + MAX_LINE_BYTES + " are read";
            return MemoryEntry.refused(line.number(), Refusal.Reason.TOO_LONG, explanation);
        }
        byte[] json = ByteOrderMark.strip(line.bytes());
        if (isBlank(json)) {
            return MemoryEntry.blank(line.number());
        }
        try {
            return Json.parse(json) instanceof ObjectNode object
                    ? MemoryEntry.of(line.number(), object)
                    : MemoryEntry.refused(line.number(), Refusal.Reason.NOT_JSON, "must be a JSON object");
        } catch (InvalidEventException e) {
            // This line says nothing; the lines after it may. The caller counts and reports it.
            return MemoryEntry.refused(line.number(), Refusal.Reason.NOT_JSON, e.explanation());
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
