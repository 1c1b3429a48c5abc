package dev.dise.bench.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Rows on their way into a table by {@code COPY}. */
final class CopyTable implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;

    CopyTable(Connection connection, String table, String columns) throws SQLException {
        this.out = new PGCopyOutputStream(
                connection.unwrap(PGConnection.class), "COPY " + table + " (" + columns + ") FROM STDIN", BUFFER);
    }

    void row(@Nullable Object... values) throws IOException {
        String line = Stream.of(values).map(CopyTable::text).collect(Collectors.joining("\t", "", "\n"));
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable Object value) {
        return value == null
                ? "\\N"
                : value.toString()
                        .replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
