package dev.dise.pg.generations;

import dev.dise.pg.Generation;
import dev.dise.pg.Table;
import dev.dise.pg.Tables;
import dev.dise.pg.archive.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a generation holds, in few characters, whatever the order of its rows: of each table the number of rows, and the sum
 * and the exclusive or of their hashes. What the generation itself gave to rows, their ids and the time of their coming, is no
 * part of it.
 *
 * @param tables by name
 */
record Digest(Map<String, OfTable> tables) {
    private static final int CHARACTERS = 32;
    private static final List<String> SOURCE = List.of(
            "event_id", "event_time", "run_id", "made_safe", "source_topic", "source_partition", "source_offset");
    private static final List<String> OF_ENTITIES = List.of("first_seen", "occurrences", "deleted_at", "fields");
    /** The same number may be written with more or fewer zeros at its end, depending on the way it took. */
    private static final String METRIC = "metric_value";

    Digest {
        tables = Map.copyOf(tables);
    }

    /** Of one table. */
    record OfTable(long rows, String sum, String xor) {}

    /** Reads all tables; in the transaction of the session, if there is one. */
    static Digest of(Session session, Generation generation, Horizon horizon) throws SQLException {
        Map<String, OfTable> tables = new TreeMap<>();
        for (Table table : Tables.ALL) {
            tables.put(
                    table.name(),
                    session.one(
                            sql(table, generation, horizon),
                            row -> new OfTable(row.getLong(1), row.getString(2), row.getString(3))));
        }
        return new Digest(tables);
    }

    /** A name for all of it. */
    String text() {
        String lines =
                new TreeMap<>(tables).entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Each table that differs, with the rows of both; empty if all is equal. */
    List<String> differences(Digest other) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(tables).forEach((name, mine) -> {
            OfTable theirs = other.tables.get(name);
            if (!mine.equals(theirs)) {
                differences.add(String.format(
                        "%s: %,d rows against %,d", name, mine.rows(), theirs == null ? 0 : theirs.rows()));
            }
        });
        return differences;
    }

    private static String sql(Table table, Generation generation, Horizon horizon) {
        return "SELECT count(*), coalesce(sum(hash), 0)::TEXT, coalesce(bit_xor(hash), 0)::TEXT FROM"
                + " (SELECT hashtextextended(ROW(" + String.join(", ", columns(table, horizon))
                + ")::TEXT, 0) AS hash FROM " + generation.schema() + "." + table.name() + condition(table, horizon)
                + ") AS hashes";
    }

    /** Of an entity whose first versions are lost to one of the two, both know which version is the newest. */
    private static List<String> columns(Table table, Horizon horizon) {
        List<String> columns = new ArrayList<>();
        if (table.kind() == Table.Kind.ENTITY && !horizon.isWhole()) {
            columns.addAll(table.key());
        } else {
            columns.addAll(table.columnNames());
            columns.replaceAll(name -> name.equals(METRIC) ? "trim_scale(" + METRIC + ")" : name);
            columns.addAll(table.kind() == Table.Kind.ENTITY ? OF_ENTITIES : List.of());
        }
        columns.addAll(SOURCE);
        return columns;
    }

    private static String condition(Table table, Horizon horizon) {
        List<String> conditions = new ArrayList<>();
        horizon.firstKept(table).ifPresent(first -> conditions.add("event_time >= TIMESTAMPTZ '" + first + "'"));
        horizon.begins()
                .forEach((partition, begin) -> conditions.add(
                        "(source_partition <> " + partition.number() + " OR source_offset >= " + begin + ")"));
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }
}
