package dev.dise.pg;

import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.schemas.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a forgotten subject in one generation. A row of an entity goes as a whole if anything in it may be from before:
 * fields that a newer event does not mention keep what an older one said.
 */
final class ForgottenRows {
    /** Of a table that events add rows to; the database's clock is that of nobody's tool. */
    private static final String ADDED_BEFORE = " AND (event_time <= ? OR ingested_at <= ?)";

    private static final String SEEN_BEFORE = " AND (event_time <= ? OR ingested_at <= ? OR first_seen <= ?)";

    private final Connection connection;
    private final Generation generation;
    private final ForgottenSubject subject;

    /** Rows of a table that are of events of one type. */
    private record Rows(Table table, String condition) {
        static List<Rows> of(EventType type) {
            Table table = Tables.tableFor(type);
            String isSubject = type.subjectField() + " = ?";
            if (type == EventType.PERF_DATA) {
                // A metric of an artifact has a tool as well, but is the artifact's.
                return List.of(new Rows(table, isSubject + " AND artifact_id IS NULL"));
            }
            if (type == EventType.PERFORMANCE) {
                return List.of(new Rows(table, isSubject), new Rows(Tables.PERFORMANCE, isSubject));
            }
            if (type == EventType.GENERATED_TOOL) {
                return List.of(new Rows(table, isSubject), new Rows(Tables.TOOL_VERSIONS, isSubject));
            }
            return table == Tables.ARTIFACTS
                    ? List.of(new Rows(table, isSubject + " AND artifact_type = '" + type.wireName() + "'"))
                    : List.of(new Rows(table, isSubject));
        }

        String where() {
            return " WHERE " + condition + (isOfEntities() ? SEEN_BEFORE : ADDED_BEFORE);
        }

        int times() {
            return isOfEntities() ? 3 : 2;
        }

        private boolean isOfEntities() {
            return table.kind() == Table.Kind.ENTITY;
        }
    }

    ForgottenRows(Connection connection, Generation generation, ForgottenSubject subject) {
        this.connection = connection;
        this.generation = generation;
        this.subject = subject;
    }

    /** How many there are, by table; none of those that have none. */
    Map<String, Long> count() throws SQLException {
        return each("SELECT count(*) FROM ", statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        });
    }

    /** Removes them, table by table, and says how many they were. */
    Map<String, Long> remove() throws SQLException {
        return each("DELETE FROM ", PreparedStatement::executeLargeUpdate);
    }

    private interface Execution {
        long of(PreparedStatement statement) throws SQLException;
    }

    private Map<String, Long> each(String verb, Execution execution) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (Rows rows : rows()) {
            String table = generation.schema() + "." + rows.table().name();
            try (PreparedStatement statement = connection.prepareStatement(verb + table + rows.where())) {
                statement.setString(1, new Storable().characters(subject.subject()));
                for (int i = 0; i < rows.times(); i++) {
                    statement.setObject(i + 2, subject.forgottenAt().atOffset(ZoneOffset.UTC));
                }
                long count = execution.of(statement);
                if (count > 0) {
                    counts.merge(table, count, Long::sum);
                }
            }
        }
        return counts;
    }

    private List<Rows> rows() {
        List<Rows> rows = new ArrayList<>();
        Arrays.stream(EventType.values())
                .filter(type -> type != EventType.DELETION)
                .filter(type -> subject.type() == null || subject.type() == type)
                .forEach(type -> rows.addAll(Rows.of(type)));
        return rows;
    }
}
