package dev.dise.pg;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows of an append-only table by {@code COPY}, the fastest way in. It knows no conflicts: a row that is there
 * already fails the whole, and then the rows go the merging way.
 */
final class CopyWriter {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Connection connection;

    CopyWriter(Connection connection) {
        this.connection = connection;
    }

    /** All rows or none. */
    void write(Table table, List<Row> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(Statements.copy(table));
        try {
            send(copy, Cells.of(table), rows);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void send(CopyIn copy, List<Function<Row, @Nullable String>> cells, List<Row> rows)
            throws SQLException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK_BYTES + CHUNK_BYTES / 4);
        StringBuilder line = new StringBuilder(512);
        for (Row row : rows) {
            line.setLength(0);
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    line.append('\t');
                }
                append(line, cells.get(i).apply(row));
            }
            line.append('\n');
            chunk.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
            if (chunk.size() >= CHUNK_BYTES) {
                flush(copy, chunk);
            }
        }
        flush(copy, chunk);
    }

    private static void flush(CopyIn copy, ByteArrayOutputStream chunk) throws SQLException {
        byte[] bytes = chunk.toByteArray();
        copy.writeToCopy(bytes, 0, bytes.length);
        chunk.reset();
    }

    /** The text format of COPY (PostgreSQL manual, "File Formats"): four characters are escaped, null is {@code \\N}. */
    private static void append(StringBuilder line, @Nullable String value) {
        if (value == null) {
            line.append("\\N");
            return;
        }
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            String escape = escapeFor(value.charAt(i));
            if (escape != null) {
                line.append(value, written, i).append(escape);
                written = i + 1;
            }
        }
        line.append(value, written, value.length());
    }

    private static @Nullable String escapeFor(char c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> null;
        };
    }
}
