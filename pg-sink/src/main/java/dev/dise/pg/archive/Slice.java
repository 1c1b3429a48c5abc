package dev.dise.pg.archive;

import java.time.LocalDate;

/**
 * Rows that leave a table together: those of one day, or what is too old in the partition of the rest.
 *
 * @param label the day, or {@value #REST}
 * @param partition where the rows lie
 * @param condition which rows of the partition, as SQL
 * @param removal the statement that removes them
 */
record Slice(DailyTable table, String label, String partition, String condition, String removal) {
    static final String REST = "rest";

    /** All rows of a day; they leave with their partition. */
    static Slice of(Leaf leaf) {
        return new Slice(leaf.table(), leaf.day().toString(), leaf.name(), "TRUE", "DROP TABLE " + leaf.name());
    }

    /** What is in the rest and older than the first day that is kept. */
    static Slice ofRest(DailyTable table, LocalDate firstKept) {
        String condition = "event_time < TIMESTAMPTZ '" + firstKept + " 00:00:00Z'";
        return new Slice(table, REST, table.rest(), condition, "DELETE FROM " + table.rest() + " WHERE " + condition);
    }

    boolean isDay() {
        return !label.equals(REST);
    }

    /** For {@code FROM}. */
    String rows() {
        return "(SELECT * FROM " + partition + " WHERE " + condition + ") AS slice";
    }

    /** The name of one of its files, counted from 1. */
    String file(int part) {
        return prefix(table, label) + part + ".csv.zst";
    }

    /** What the names of all files of a day, or of the rest, begin with. */
    static String prefix(DailyTable table, String label) {
        return table.tableName() + "/" + label + "-p";
    }
}
