package dev.dise.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long the rows of the tables that are partitioned by day are kept, and where they go then.
 *
 * @param retention by table; a table that is not in it keeps its rows for ever
 */
public record Keeping(Map<String, Duration> retention, ArchiveConfig archive) {
    /** The tables that may have a retention. */
    public static final List<String> TABLES =
            List.of("tool_logs", "tool_performance", "tool_debug_data", "conversations");

    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    public Keeping {
        retention = Map.copyOf(retention);
    }

    /** Everything for ever. */
    public static Keeping forEver() {
        return new Keeping(Map.of(), ArchiveConfig.unset());
    }

    /** The time span that a text names as the config does, as in {@code 30d}; empty if it names none. */
    public static Optional<Duration> span(String text) {
        return DurationText.parse(text);
    }

    /** Of the sections {@code tables} and {@code archive}. */
    static Keeping from(Section tables, Section archive) {
        Keeping keeping = new Keeping(retention(tables), ArchiveConfig.from(archive));
        if (!keeping.retention.isEmpty() && keeping.archive.kind() == ArchiveConfig.Kind.UNSET) {
            archive.mistake(
                    "target",
                    "must be set where a table has a retention: a folder, s3://bucket/prefix,"
                            + " or none to drop its rows without an archive");
        }
        return keeping;
    }

    private static Map<String, Duration> retention(Section tables) {
        Map<String, Duration> retention = new TreeMap<>();
        for (String table : TABLES) {
            Section section = tables.section(table);
            if (!section.text("retention", "").isBlank()) {
                retention.put(table, section.duration("retention", LONGEST, SHORTEST, LONGEST));
            }
            section.refuseUnknownKeys();
        }
        tables.refuseUnknownKeys();
        return retention;
    }
}
