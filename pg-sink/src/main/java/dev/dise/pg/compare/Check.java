package dev.dise.pg.compare;

import dev.dise.pg.RecordWriter;
import dev.dise.pg.Sql;
import dev.dise.pg.StoredTable;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.compare.CompareOptions;
import dev.dise.runtime.compare.Comparison;
import dev.dise.runtime.compare.Finding;
import dev.dise.runtime.config.Keeping;
import dev.dise.runtime.kafka.KafkaClients;
import dev.dise.runtime.kafka.ScanStart;
import dev.dise.runtime.kafka.TopicScan;
import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.schemas.Store;
import dev.dise.schemas.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One comparison, on one connection. */
final class Check {
    private static final String BULK = Topic.BULK.topicName();
    private final Parts parts;
    private final Sql sql;
    private final Scratch scratch;
    private final String live;
    private final WorkProgress progress;
    private final Instant begun;
    private long records;

    /** What every comparison is made with. */
    record Parts(KafkaClients kafka, Keeping keeping, Predicate<SourceRecord> isForgotten, Clock clock) {}

    Check(Parts parts, Sql sql, Scratch scratch, String live, WorkProgress progress) {
        this.parts = parts;
        this.sql = sql;
        this.scratch = scratch;
        this.live = live;
        this.progress = progress;
        this.begun = parts.clock().instant();
    }

    /** Makes what should be there, up to where the sink is now; the first part of the work, and the longest. */
    Loaded load(CompareOptions options) throws SQLException {
        sql.execute("SET search_path = " + scratch.schema() + ", dise, public");
        sql.execute("SET jit = off");
        sql.execute("SET work_mem = '64MB'");
        Map<Partition, Long> places = places();
        Instant since = options.since();
        ScanStart start = since == null ? new ScanStart.Beginning() : new ScanStart.Since(since);
        boolean hasBeginning;
        try (TopicScan scan = TopicScan.upTo(parts.kafka(), BULK, start, places)) {
            scratch.note(scan.spans());
            hasBeginning = scan.spans().values().stream().allMatch(span -> span.from() == 0);
            connection().setAutoCommit(false);
            write(scan, keptFrom(), connection()::commit);
            connection().setAutoCommit(true);
        }
        for (StoredTable table : StoredTable.all()) {
            sql.execute("ANALYZE " + scratch.schema() + "." + table.name());
        }
        Extent whole = hasBeginning ? Extent.ALL : Extent.WITHOUT_BEGINNING;
        return new Loaded(places, since == null ? whole : Extent.SINCE);
    }

    /** What {@link #load} has read. */
    record Loaded(Map<Partition, Long> places, Extent extent) {}

    /**
     * Compares inside one snapshot, and mends what was found if that is asked for.
     *
     * @param alone whether the sink waits meanwhile: then nothing can change between the snapshot and its mending
     * @throws SQLException also where somebody else changed what was to be mended: then calling again does it all anew
     */
    Comparison compare(Loaded loaded, CompareOptions options, boolean alone) throws SQLException {
        long before = records;
        connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection().setAutoCommit(false);
        try {
            if (alone) {
                // Before the snapshot is taken, which is by the first query. Every batch of the sink begins with its
                // offsets.
                sql.execute("LOCK TABLE " + live + ".sink_offsets IN EXCLUSIVE MODE");
            }
            KeptFrom kept = keptFrom();
            readTail(loaded.places(), kept);
            Comparison found = find(loaded.extent(), kept, options);
            if (options.repair() && found.found() > 0) {
                progress.at("mending", 0, found.found());
                new Mending(sql, scratch.schema(), live, loaded.extent()).run();
                connection().commit();
                return with(found, found.found());
            }
            connection().rollback();
            return with(found, 0);
        } catch (SQLException | RuntimeException e) {
            records = before;
            connection().rollback();
            throw e;
        } finally {
            connection().setAutoCommit(true);
        }
    }

    /** The snapshot has the rows of exactly the records before its offsets, since the two are written together. */
    private void readTail(Map<Partition, Long> from, KeptFrom kept) throws SQLException {
        Map<Partition, Long> places = places();
        Map<Partition, Long> starts = new HashMap<>();
        places.keySet().forEach(partition -> starts.put(partition, from.getOrDefault(partition, 0L)));
        try (TopicScan scan = TopicScan.upTo(parts.kafka(), BULK, new ScanStart.At(starts), places)) {
            write(scan, kept, () -> {});
        }
    }

    private Comparison find(Extent extent, KeptFrom kept, CompareOptions options) throws SQLException {
        if (extent.isPartial()) {
            // Metrics of versions that are not the newest, where it came before what was read.
            sql.update("""
            DELETE FROM %1$s.tool_performance AS p USING %2$s.performance_artifacts AS l
                JOIN %1$s.performance_artifacts AS s USING (artifact_id)
            WHERE p.artifact_id = l.artifact_id
                AND (l.event_time, l.source_offset) > (s.event_time, s.source_offset)
            """.formatted(scratch.schema(), live));
        }
        long unverifiable = 0;
        int done = 0;
        List<StoredTable> tables = StoredTable.all();
        for (StoredTable table : tables) {
            progress.at("comparing", done++, tables.size());
            ComparisonSql statements = new ComparisonSql(table, scratch.schema(), live, extent);
            Object[] parameters = table.isByDay() ? new Object[] {kept.parameter(table.name())} : new Object[0];
            sql.update(statements.find(), parameters);
            if (extent == Extent.WITHOUT_BEGINNING) {
                unverifiable += sql.number(statements.countUnverifiable(), parameters);
            }
        }
        Found found = new Found(sql, scratch.schema());
        Map<Finding.Kind, Long> counts = found.counts();
        return new Comparison(
                Store.POSTGRES, live, records, counts, unverifiable, 0, 0, found.list(options.limit()), Duration.ZERO);
    }

    private Comparison with(Comparison found, long mended) {
        return new Comparison(
                found.store(),
                found.name(),
                found.records(),
                found.counts(),
                found.unverifiable(),
                found.unsettled(),
                mended,
                found.findings(),
                Duration.between(begun, parts.clock().instant()));
    }

    private void write(TopicScan scan, KeptFrom kept, ScratchLoad.AfterLot afterLot) throws SQLException {
        RecordWriter writer = new RecordWriter(connection(), kept.byTable());
        try (ScratchLoad load = new ScratchLoad(scan, writer, parts.isForgotten())) {
            load.run(afterLot, progress);
        }
        records += scan.done();
    }

    private Map<Partition, Long> places() throws SQLException {
        Map<Partition, Long> places = new HashMap<>();
        sql.list(
                "SELECT partition, next_offset FROM " + live + ".sink_offsets WHERE topic = ?",
                row -> places.put(new Partition(BULK, row.getInt(1)), row.getLong(2)),
                BULK);
        return places;
    }

    private KeptFrom keptFrom() {
        return KeptFrom.of(parts.keeping().retention(), parts.clock().instant());
    }

    private Connection connection() {
        return sql.connection();
    }
}
