package dev.dise.pg.ledger;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Brings rows into a temporary table by {@code COPY} in its text format. */
final class CopyLines {
    private static final String NOTHING = "\\N";
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private CopyLines() {}

    static <T> void copy(Connection connection, String table, List<T> items, Function<T, List<?>> cells)
            throws SQLException {
        StringBuilder lines = new StringBuilder();
        for (T item : items) {
            String between = "";
            for (Object cell : cells.apply(item)) {
                lines.append(between).append(text(cell));
                between = "\t";
            }
            lines.append('\n');
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " FROM STDIN", new StringReader(lines.toString()));
        } catch (IOException e) {
            throw new SQLException("a text cannot be read from memory", e);
        }
    }

    private static String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> NOTHING;
            case Instant time -> within(time).atOffset(ZoneOffset.UTC).toString();
            case String text ->
                text.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
            default -> cell.toString();
        };
    }

    /** As the tables hold it. */
    private static Instant within(Instant time) {
        Instant late = time.isBefore(FIRST) ? FIRST : time;
        return (late.isAfter(LAST) ? LAST : late).truncatedTo(ChronoUnit.MICROS);
    }
}
