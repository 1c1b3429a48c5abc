package dev.dise.pg.archive;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A table that is partitioned by the day of its event time. */
public enum DailyTable {
    TOOL_LOGS("event_id", "dise.words(message), details jsonb_path_ops"),
    TOOL_PERFORMANCE("event_id, metric_name", "details jsonb_path_ops"),
    TOOL_DEBUG_DATA("event_id", "dise.words(error), dise.words(context_name), metadata jsonb_path_ops"),
    CONVERSATIONS("event_id", "dise.words(content), details jsonb_path_ops");

    private final String key;
    private final String searched;

    DailyTable(String key, String searched) {
        this.key = key;
        this.searched = searched;
    }

    public static Optional<DailyTable> named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.tableName().equals(name))
                .findFirst();
    }

    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The partition of what no day's partition takes. */
    public String rest() {
        return tableName() + "_rest";
    }

    /** The partition of a day. */
    String leaf(LocalDate day) {
        return tableName() + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    /** The columns that tell one row from another, as SQL lists them. */
    public String key() {
        return key;
    }

    /** What the search index of a partition holds. */
    String searched() {
        return searched;
    }
}
