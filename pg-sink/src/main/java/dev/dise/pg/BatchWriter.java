package dev.dise.pg;

import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one batch inside one transaction. Append-only rows go by COPY; a row that PostgreSQL refuses is
 * named by the line of the COPY, and set aside. Entities, and rows whose ids are their senders' own, go by a statement
 * that merges, where a refused row is found by halving. Tables and the rows of a table are taken in the same order: of two
 * writers with the same keys one waits for the other, and never both; but where rows are refused, those before them come
 * last, and PostgreSQL may end one of the two, which then tries again.
 */
public final class BatchWriter {
    /** Rows that are tried together where some of a batch are refused: more wait for a refused row, fewer cost statements. */
    private static final int PIECE = 128;

    private final Connection connection;
    private final CopyWriter copies;
    private final TableWriter tables;
    private final StoredEvents stored;
    private final PerformanceVersions performance;
    private final List<Rejection> rejections = new ArrayList<>();
    private long changed;

    private final boolean indexed;

    public BatchWriter(Connection connection) {
        this(connection, true);
    }

    private BatchWriter(Connection connection, boolean indexed) {
        this.connection = connection;
        this.copies = new CopyWriter(connection);
        this.tables = new TableWriter(connection);
        this.stored = new StoredEvents(connection);
        this.performance = new PerformanceVersions(connection, indexed);
        this.indexed = indexed;
    }

    /**
     * For append-only tables that have no indexes yet: every row is added, the same event again too, and nothing is looked
     * up. Who makes the indexes removes the doubles first.
     */
    public static BatchWriter withoutIndexes(Connection connection) {
        return new BatchWriter(connection, false);
    }

    /** What one statement does, or the error that it ends with. */
    private interface Attempt {
        /** Returns how many rows it added or made newer. */
        long run() throws SQLException;
    }

    /** How many of the rows were added or made something newer; the others were there, or are refused. */
    long changed() {
        return changed;
    }

    /** Writes what can be written, and returns what never can. */
    public List<Rejection> write(List<Row> rows) throws SQLException {
        Map<Table, List<Row>> byTable = new HashMap<>();
        rows.forEach(row ->
                byTable.computeIfAbsent(row.table(), table -> new ArrayList<>()).add(row));
        List<Table> inOrder = byTable.keySet().stream()
                .sorted(Comparator.comparingInt(Tables.ALL::indexOf))
                .toList();
        for (Table table : inOrder) {
            List<Row> ofTable = byTable.getOrDefault(table, List.of());
            write(table, ofTable);
            if (table == Tables.GENERATED_TOOLS) {
                writeVersions(ofTable);
            }
        }
        return rejections;
    }

    /** Of each tool that was not refused; what is told of the tool is counted there. */
    private void writeVersions(List<Row> tools) throws SQLException {
        Set<SourceRecord> refused =
                rejections.stream().map(Rejection::record).collect(Collectors.toCollection(HashSet::new));
        long counted = changed;
        write(
                Tables.TOOL_VERSIONS,
                tools.stream()
                        .filter(row -> !row.isDeletion())
                        .filter(row -> !refused.contains(row.delivery().record()))
                        .map(Row::version)
                        .toList());
        changed = counted;
    }

    private void write(Table table, List<Row> rows) throws SQLException {
        if (table.kind() == Table.Kind.APPEND && !indexed) {
            append(table, rows);
        } else if (table.kind() == Table.Kind.APPEND) {
            Collection<Row> once = firstOfEach(rows);
            append(table, once.stream().filter(Row::isOfOnePlace).toList());
            merge(table, once.stream().filter(row -> !row.isOfOnePlace()).toList());
        } else {
            for (List<Row> round : rounds(rows)) {
                merge(table, round);
            }
        }
    }

    /** The same event again is the same event. */
    private static Collection<Row> firstOfEach(List<Row> rows) {
        Set<Row> first = new TreeSet<>(Row.BY_EVENT);
        first.addAll(rows);
        return first;
    }

    /**
     * Splits rows so that no statement meets an entity twice, which PostgreSQL refuses (21000); versions of one entity
     * keep their order.
     */
    private static Collection<List<Row>> rounds(List<Row> rows) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        Map<Integer, List<Row>> rounds = new LinkedHashMap<>();
        for (Row row : rows) {
            int round = seen.merge(row.entity(), 0, (before, first) -> before + 1);
            rounds.computeIfAbsent(round, number -> new ArrayList<>()).add(row);
        }
        rounds.values().forEach(round -> round.sort(Comparator.comparing(Row::entity)));
        return rounds.values();
    }

    /** All at once, as is usual; without those that are there already, if any is; without those that are refused. */
    private void append(Table table, List<Row> rows) throws SQLException {
        SQLException refusal = copy(table, rows);
        List<Row> absent = rows;
        if (refusal != null && PgErrors.isDuplicate(refusal)) {
            absent = stored.absentOf(table, rows);
            refusal = copy(table, absent);
        }
        if (refusal != null) {
            List<Row> good = sift(table, absent);
            if (copy(table, good) != null) {
                merge(table, good);
            }
        }
    }

    /**
     * Sets aside each refused row. A statement that meets one undoes the rows before it, which there is nothing against:
     * they are returned, to be written all at once; every other row is written.
     */
    private List<Row> sift(Table table, List<Row> rows) throws SQLException {
        List<Row> unwritten = new ArrayList<>();
        int size = PIECE;
        int from = 0;
        while (from < rows.size()) {
            List<Row> piece = rows.subList(from, Math.min(from + size, rows.size()));
            SQLException refusal = copy(table, piece);
            int line = refusal == null ? 0 : PgErrors.copyLine(refusal);
            if (refusal == null) {
                size *= 2;
                from += piece.size();
            } else if (PgErrors.isDuplicate(refusal) || line < 1 || line > piece.size()) {
                merge(table, piece);
                from += piece.size();
            } else {
                unwritten.addAll(piece.subList(0, line - 1));
                reject(piece.get(line - 1), refusal);
                size = PIECE;
                from += line;
            }
        }
        return unwritten;
    }

    private @Nullable SQLException copy(Table table, List<Row> rows) throws SQLException {
        return rows.isEmpty() ? null : attempt(() -> copy(rows, table));
    }

    private long copy(List<Row> rows, Table table) throws SQLException {
        copies.write(table, rows);
        return rows.size();
    }

    private void merge(Table table, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        SQLException refusal = attempt(() -> mergeAll(table, rows));
        if (refusal == null) {
            return;
        }
        if (rows.size() == 1) {
            reject(rows.get(0), refusal);
            return;
        }
        merge(table, rows.subList(0, rows.size() / 2));
        merge(table, rows.subList(rows.size() / 2, rows.size()));
    }

    private long mergeAll(Table table, List<Row> rows) throws SQLException {
        TableWriter.Written written = tables.write(table, rows);
        if (table == Tables.PERFORMANCE_ARTIFACTS && !written.newest().isEmpty()) {
            performance.replace(rows, written.newest(), tables);
        }
        return written.rows();
    }

    private void reject(Row row, SQLException refusal) {
        rejections.add(
                new Rejection(row.delivery().record(), PgErrors.reasonFor(refusal), PgErrors.messageFor(refusal)));
    }

    /** Runs a statement; undoes it and returns the error if a row is at fault, throws every other. */
    private @Nullable SQLException attempt(Attempt attempt) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            long rows = attempt.run();
            connection.releaseSavepoint(savepoint);
            changed += rows;
            return null;
        } catch (SQLException e) {
            if (PgErrors.kindOf(e) != PgErrors.Kind.ROW) {
                throw e;
            }
            connection.rollback(savepoint);
            return e;
        }
    }
}
