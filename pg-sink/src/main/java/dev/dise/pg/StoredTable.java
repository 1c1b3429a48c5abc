package dev.dise.pg;

import dev.dise.schemas.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of the catalogue as SQL beside the sink needs to know it; all names are safe to be put into a statement.
 *
 * @param isEntity whether it has one row for each entity, at its newest version; else each event adds rows
 * @param isByDay whether it has a partition for each day
 * @param key the columns that tell one row from another
 * @param data the columns that come from the data, those of the key included
 */
public record StoredTable(String name, boolean isEntity, boolean isByDay, List<String> key, List<String> data) {
    /** The columns of every table that say which event a row is. */
    public static final List<String> EVENT = List.of("event_id", "event_time", "run_id", "made_safe");
    /** The columns of every table that say which record a row comes from. */
    public static final List<String> SOURCE = List.of("source_topic", "source_partition", "source_offset");
    /** The columns that entities have beside. */
    public static final List<String> VERSION = List.of("first_seen", "occurrences", "deleted_at", "fields");

    public StoredTable {
        key = List.copyOf(key);
        data = List.copyOf(data);
    }

    /** All tables, in the order in which the sink writes them. */
    public static List<StoredTable> all() {
        return Tables.ALL.stream().map(StoredTable::of).toList();
    }

    /** The table of a type; of a deletion ask for its target's. */
    public static StoredTable of(EventType type) {
        return of(Tables.tableFor(type));
    }

    /** A text as the tables hold it. */
    public static String storable(String text) {
        return new Storable().characters(text);
    }

    /** Every column that a writer sets; without the row's own number and the time of its writing. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(data);
        columns.addAll(EVENT);
        columns.addAll(SOURCE);
        if (isEntity) {
            columns.addAll(VERSION);
        }
        return columns;
    }

    private static StoredTable of(Table table) {
        return new StoredTable(
                table.name(),
                table.kind() == Table.Kind.ENTITY,
                table.isPartitioned(),
                table.key(),
                table.columns().stream().map(Column::name).toList());
    }
}
