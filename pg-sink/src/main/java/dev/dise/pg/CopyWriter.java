package dev.dise.pg;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Writes rows of an append-only table by {@code COPY} in its binary format, the fastest way in. It knows no conflicts: a
 * row that is there already fails the whole, and then the rows go the merging way.
 */
final class CopyWriter {
    private static final int CHUNK_BYTES = 64 * 1024;
    /** Columns that every row has beside those of its table; see {@link Statements#copy}. */
    private static final int SOURCE_COLUMNS = 7;
    /** PostgreSQL counts from 2000-01-01. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    private final Connection connection;
    private final CopyBytes bytes = new CopyBytes(CHUNK_BYTES + CHUNK_BYTES / 4);

    CopyWriter(Connection connection) {
        this.connection = connection;
    }

    /** All rows or none. */
    void write(Table table, List<Row> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(Statements.copy(table));
        try {
            bytes.clear();
            bytes.header();
            for (Row row : rows) {
                append(table, row);
                if (bytes.size() >= CHUNK_BYTES) {
                    flush(copy);
                }
            }
            bytes.columns(-1);
            flush(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void flush(CopyIn copy) throws SQLException {
        copy.writeToCopy(bytes.array(), 0, bytes.size());
        bytes.clear();
    }

    private void append(Table table, Row row) {
        List<Column> columns = table.columns();
        bytes.columns(columns.size() + SOURCE_COLUMNS);
        for (int i = 0; i < columns.size(); i++) {
            append(columns.get(i), row.value(i));
        }
        bytes.uuid(row.eventId());
        bytes.int8(micros(row.time()));
        bytes.text(row.envelope().runId());
        bytes.flag(row.isMadeSafe());
        bytes.text(row.delivery().record().partition().topic());
        bytes.int4(row.delivery().record().partition().number());
        bytes.int8(row.delivery().record().offset());
    }

    private void append(Column column, @Nullable String value) {
        if (value == null) {
            bytes.nothing();
            return;
        }
        switch (column.type()) {
            case TEXT, LABEL -> bytes.text(value);
            case JSONB -> bytes.jsonb(value);
            case NUMERIC -> bytes.value(ByteConverter.numeric(new BigDecimal(value)));
            case DOUBLE -> bytes.float8(Double.parseDouble(value));
            case BIGINT, FLAG, TIMESTAMPTZ -> throw new IllegalStateException("no append-only table has a " + column);
        }
    }

    private static long micros(Instant time) {
        return (time.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + time.getNano() / 1_000;
    }
}
