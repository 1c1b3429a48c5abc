package dev.dise.pg.archive;

import dev.dise.pg.PgStack;
import dev.dise.runtime.config.ArchiveConfig;
import dev.dise.runtime.config.Keeping;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The tables on a real PostgreSQL, without a row or a partition of a day before each test. */
abstract class ArchiveRig {
    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

    static PgStack postgres;

    @BeforeAll
    static void startPostgreSql(@TempDir Path directory) throws SQLException {
        postgres = PgStack.start(directory);
    }

    @AfterAll
    static void stopPostgreSql() {
        postgres.close();
    }

    @BeforeEach
    void emptyTables() {
        for (String leaf : leaves()) {
            postgres.execute("DROP TABLE dise_g1." + leaf);
        }
        for (DailyTable table : DailyTable.values()) {
            postgres.execute("TRUNCATE dise_g1." + table.tableName());
        }
        postgres.execute("TRUNCATE dise_g1.archives");
    }

    static Maintenance maintenance(Keeping keeping) {
        return maintenance(keeping, NOW);
    }

    static Maintenance maintenance(Keeping keeping, Instant now) {
        return new Maintenance(postgres.reader(), PgStack.GENERATION, keeping, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Log lines that are kept for 30 days, and then in a folder or a bucket. */
    static Keeping thirtyDays(ArchiveConfig archive) {
        return new Keeping(Map.of("tool_logs", Duration.ofDays(30)), archive);
    }

    /** The partitions of days. */
    static List<String> leaves() {
        return texts("SELECT c.relname FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid"
                + " WHERE c.relkind = 'r' AND c.relname ~ '_[0-9]{8}$' ORDER BY 1");
    }

    static void addPartition(String table, LocalDate day) {
        postgres.execute("SELECT dise_g1.add_partition('" + table + "', '" + day + "')");
    }

    /** Log lines of a day, one a second from its beginning. */
    static void insertLogs(LocalDate day, int rows) {
        insertLogs(day, 0, rows);
    }

    static void insertLogs(LocalDate day, int from, int to) {
        postgres.execute("INSERT INTO dise_g1.tool_logs (tool_id, log_level, message, details, event_id, event_time,"
                + " run_id, source_topic, source_partition, source_offset)"
                + " SELECT 'tool-' || i % 7, 'info', 'line ' || i, jsonb_build_object('i', i), gen_random_uuid(),"
                + " TIMESTAMPTZ '" + day + " 00:00:00Z' + i * interval '1 second', 'run', 'dise.bulk', 0, i"
                + " FROM generate_series(" + from + ", " + (to - 1) + ") AS i");
    }

    static long count(String relation) {
        return Long.parseLong(texts("SELECT count(*) FROM dise_g1." + relation).get(0));
    }

    /** A digest over all columns of all rows; that of no row is null. */
    static String digest(String relation) {
        return texts("SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM dise_g1." + relation + " AS t")
                .get(0);
    }

    /** The first column of an answer. */
    static List<String> texts(String sql) {
        return postgres.query(sql).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .toList();
    }
}
