package dev.dise.pg;

import dev.dise.schemas.EnvelopeHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of a row, in the order of the columns that {@link Statements} names. */
final class Cells {
    private Cells() {}

    /** The columns of the table and of its source. */
    static List<Function<Row, @Nullable String>> of(Table table) {
        List<Function<Row, @Nullable String>> cells = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int column = i;
            cells.add(row -> row.value(column));
        }
        cells.add(row -> row.eventId().toString());
        cells.add(row -> EnvelopeHeaders.formatTime(row.time()));
        cells.add(row -> row.envelope().runId());
        cells.add(row -> Boolean.toString(row.isMadeSafe()));
        cells.add(row -> row.delivery().record().partition().topic());
        cells.add(row -> Integer.toString(row.delivery().record().partition().number()));
        cells.add(row -> Long.toString(row.delivery().record().offset()));
        return cells;
    }

    /** The same, and what an entity has beside: when it was deleted, and which fields its version sets. */
    static List<Function<Row, @Nullable String>> ofEntity(Table table) {
        List<Function<Row, @Nullable String>> cells = of(table);
        cells.add(row -> row.isDeletion() ? EnvelopeHeaders.formatTime(row.time()) : null);
        cells.add(Row::fieldsSet);
        return cells;
    }
}
