package dev.dise.pg.backup;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What there is to know of a generation's tables beside their rows.
 *
 * @param generation its number
 * @param migrations what made the tables, in order
 * @param tables every table with rows to copy, by name
 * @param sequences last number that each sequence has given
 * @param places where the sink goes on reading
 */
public record TablesFacts(
        int generation,
        List<Migration> migrations,
        List<Shape> tables,
        Map<String, Long> sequences,
        List<Place> places) {
    public TablesFacts {
        migrations = List.copyOf(migrations);
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
        places = List.copyOf(places);
    }

    /** One migration; equal ones make equal tables. */
    public record Migration(String version, String script, int checksum) {}

    /**
     * A table.
     *
     * @param columns in the order in which its rows are copied
     * @param days that have a partition of their own; empty if it has none
     */
    public record Shape(String name, List<String> columns, List<LocalDate> days) {
        public Shape {
            columns = List.copyOf(columns);
            days = List.copyOf(days);
        }
    }

    /** Where reading goes on in a partition. */
    public record Place(String topic, int partition, long nextOffset) {}

    /** The schema that the tables live in. */
    public String schema() {
        return "dise_g" + generation;
    }
}
