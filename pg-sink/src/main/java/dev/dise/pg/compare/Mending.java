package dev.dise.pg.compare;

import dev.dise.pg.Sql;
import dev.dise.pg.StoredTable;
import java.sql.SQLException;

/** Mends what was found, in the snapshot in which it was found: what has changed since makes the transaction fail. */
record Mending(Sql sql, String scratch, String live, Extent extent) {
    void run() throws SQLException {
        // So that no newer version of an artifact comes between while metrics of this one are put back.
        sql.number("""
            SELECT count(*) FROM (SELECT FROM %2$s.performance_artifacts AS a WHERE a.artifact_id IN (
                SELECT s.artifact_id FROM %1$s.tool_performance AS s JOIN %1$s.findings AS f
                    ON f.table_name = 'tool_performance' AND s.event_id = f.keys[1]::uuid
                WHERE s.artifact_id IS NOT NULL) ORDER BY a.artifact_id FOR UPDATE) AS locked
            """.formatted(scratch, live));
        for (StoredTable table : StoredTable.all()) {
            for (String statement : new MendingSql(table, scratch, live, extent).statements()) {
                sql.update(statement);
            }
        }
    }
}
