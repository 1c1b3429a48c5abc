package dev.dise.pg;

import dev.dise.runtime.sink.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes the rows of one batch inside one transaction. A row that PostgreSQL refuses is found by halving, about
 * {@code 2 log2(n)} statements, and set aside; the others are written.
 */
final class BatchWriter {
    private final Connection connection;
    private final TableWriter tables;
    private final PerformanceVersions performance;
    private final List<Rejection> rejections = new ArrayList<>();

    BatchWriter(Connection connection) {
        this.connection = connection;
        this.tables = new TableWriter(connection);
        this.performance = new PerformanceVersions(connection);
    }

    /** Writes what can be written, and returns what never can. */
    List<Rejection> write(List<Row> rows) throws SQLException {
        Map<Table, List<Row>> byTable = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.isText()) {
                byTable.computeIfAbsent(row.table(), table -> new ArrayList<>()).add(row);
            } else {
                rejections.add(new Rejection(
                        row.delivery().record(),
                        "PG_VALUE",
                        "a text has half a surrogate pair, which is no character"));
            }
        }
        for (Map.Entry<Table, List<Row>> entry : byTable.entrySet()) {
            for (List<Row> round : rounds(entry.getKey(), entry.getValue())) {
                isolate(entry.getKey(), round);
            }
        }
        return rejections;
    }

    /**
     * Splits rows so that no statement meets a key twice, which PostgreSQL refuses (21000). The same event again is
     * dropped; versions of one entity keep their order. Sorted by key, so that writers cannot deadlock.
     */
    private static Collection<List<Row>> rounds(Table table, List<Row> rows) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        Map<Integer, List<Row>> rounds = new LinkedHashMap<>();
        for (Row row : rows) {
            int round = seen.merge(row.key(), 0, (before, first) -> before + 1);
            if (round == 0 || table.kind() == Table.Kind.ENTITY) {
                rounds.computeIfAbsent(round, number -> new ArrayList<>()).add(row);
            }
        }
        rounds.values().forEach(round -> round.sort(Comparator.comparing(Row::key)));
        return rounds.values();
    }

    private void isolate(Table table, List<Row> rows) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            writeAll(table, rows);
            connection.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            if (PgErrors.kindOf(e) != PgErrors.Kind.ROW) {
                throw e;
            }
            connection.rollback(savepoint);
            if (rows.size() == 1) {
                rejections.add(
                        new Rejection(rows.get(0).delivery().record(), PgErrors.reasonFor(e), PgErrors.messageFor(e)));
                return;
            }
            isolate(table, rows.subList(0, rows.size() / 2));
            isolate(table, rows.subList(rows.size() / 2, rows.size()));
        }
    }

    private void writeAll(Table table, List<Row> rows) throws SQLException {
        Set<UUID> newest = tables.write(table, rows);
        if (table == Tables.PERFORMANCE_ARTIFACTS && !newest.isEmpty()) {
            performance.replace(rows, new HashSet<>(newest), tables);
        }
    }
}
