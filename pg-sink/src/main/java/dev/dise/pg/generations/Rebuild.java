package dev.dise.pg.generations;

import dev.dise.pg.BatchWriter;
import dev.dise.pg.Generation;
import dev.dise.pg.Row;
import dev.dise.pg.SchemaShape;
import dev.dise.pg.Table;
import dev.dise.pg.Tables;
import dev.dise.pg.archive.ArchiveList;
import dev.dise.pg.archive.ArchivedRows;
import dev.dise.pg.archive.Maintenance;
import dev.dise.pg.archive.Session;
import dev.dise.pg.generations.Registered.Standing;
import dev.dise.runtime.WorkProgress;
import dev.dise.runtime.config.Keeping;
import dev.dise.runtime.generations.RebuildOptions;
import dev.dise.runtime.sink.Partition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a generation: makes the tables, loads them without indexes, makes the indexes, catches up, compares. The registry
 * says which of these is next, so whoever comes after a kill goes on there.
 */
final class Rebuild {
    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

    static final String CREATING = "creating";
    static final String LOADING = "loading";
    static final String INDEXING = "indexing";
    static final String CATCHING_UP = "catching up";
    /** Of a follower: it is complete, and readers are to be switched to it. */
    static final String SWITCHING = "switching";

    private static final int LOADED_AT_ONCE = 20_000;
    private static final int CAUGHT_UP_AT_ONCE = 2_000;
    /** Few enough that what comes meanwhile is no more. */
    private static final long LEVEL = 2_000;

    private final Workshop workshop;
    private final RebuildOptions options;
    private final WorkProgress progress;
    private final Generation generation;
    private final Session session;
    private long records;
    private long refused;

    /**
     * @param session whose search path is the new generation, which need not be there yet
     */
    Rebuild(Workshop workshop, RebuildOptions options, WorkProgress progress, Generation generation, Session session) {
        this.workshop = workshop;
        this.options = options;
        this.progress = progress;
        this.generation = generation;
        this.session = session;
    }

    /** Records of the topic that it read. */
    long records() {
        return records;
    }

    /** What the live sink has made dead letters of; a rebuild only counts. */
    long refused() {
        return refused;
    }

    /** The generation that was begun and not finished, or a new one. */
    static Generation begunOrNew(Session session) throws SQLException {
        Optional<Registered> begun = Registry.all(session.connection()).stream()
                .filter(one -> one.standing() == Standing.BUILDING)
                .findFirst();
        return begun.isPresent() ? begun.get().generation() : Registry.begin(session.connection(), CREATING);
    }

    /** Goes through all that is left, and returns the digest of both generations. */
    String run() throws SQLException {
        requireSource();
        if (phase().equals(CREATING)) {
            create();
        }
        if (phase().equals(LOADING)) {
            load();
        }
        if (phase().equals(INDEXING)) {
            index();
        }
        workshop.migrations().migrate(generation);
        return catchUpAndProve();
    }

    private String phase() throws SQLException {
        return Registry.all(session.connection()).stream()
                .filter(one -> one.generation().equals(generation))
                .map(Registered::phase)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "generation " + generation.number() + " was dropped while it was built"));
    }

    private void requireSource() throws SQLException {
        workshop.topic().requireNotCompacted();
        if (!options.acceptGap() && !options.fromArchive()) {
            boolean empty = phase().equals(CREATING);
            workshop.topic().requireNoGap(empty ? Map.of() : Places.of(session.connection(), generation));
        }
    }

    private void create() throws SQLException {
        progress.at(CREATING, 0, 0);
        workshop.migrations().migrate(generation);
        workshop.failpoints().hit("rebuild.before_loading");
        Generation live = Workshop.live(session);
        session.<Boolean, SQLException>atomically(() -> {
            LateIndexes indexes = indexes(live);
            new Doubles(session, live).prepare();
            indexes.remove();
            ArchiveList.inherit(session, live);
            if (options.fromArchive()) {
                loadArchive(live);
            }
            Registry.phase(session.connection(), generation, LOADING);
            return true;
        });
    }

    private void loadArchive(Generation live) throws SQLException {
        Doubles doubles = new Doubles(session, live);
        List<String> filled = ArchivedRows.load(
                session,
                keeping(),
                generation,
                new ArchivedRows.Wanted(workshop.topic().begins(), oldest(live)),
                rows -> progress.at("reading the archive", rows, 0));
        for (String table : filled) {
            doubles.mark(Tables.named(table));
        }
    }

    private void load() throws SQLException {
        Generation live = Workshop.live(session);
        LateIndexes indexes = indexes(live);
        indexes.removeLeafKeys();
        DutyCycle cycle = dutyCycle();
        Loader loader = new Loader(workshop, session, generation, oldest(live));
        loader.load(new Bulk(indexes, new Doubles(session, live), cycle));
        take(loader);
        workshop.failpoints().hit("rebuild.after_loading");
        Registry.phase(session.connection(), generation, INDEXING);
    }

    /** By COPY into tables without indexes. */
    private final class Bulk implements Loader.Way {
        private final LateIndexes indexes;
        private final Doubles doubles;
        private final DutyCycle cycle;

        private Bulk(LateIndexes indexes, Doubles doubles, DutyCycle cycle) {
            this.indexes = indexes;
            this.doubles = doubles;
            this.cycle = cycle;
        }

        @Override
        public int batch() {
            return LOADED_AT_ONCE;
        }

        @Override
        public BatchWriter writer(Session session) {
            return BatchWriter.withoutIndexes(session.connection());
        }

        @Override
        public void daysMade() throws SQLException {
            indexes.removeLeafKeys();
        }

        @Override
        public void noting(List<Row> rows) throws SQLException {
            doubles.mark(rows);
        }

        @Override
        public void pieceDone(long done, long total) {
            progress.at(LOADING, done, total);
            cycle.pieceDone();
        }
    }

    private void index() throws SQLException {
        Generation live = Workshop.live(session);
        Doubles doubles = new Doubles(session, live);
        DutyCycle cycle = dutyCycle();
        indexes(live).build((total, done) -> progress.at(INDEXING, done, total), () -> {
            workshop.failpoints().hit("rebuild.while_indexing");
            cycle.pieceDone();
        });
        doubles.finish();
        requireWhole();
        // Of all of the database it would read the live generation too.
        session.execute("ANALYZE " + Tables.ALL.stream().map(Table::name).collect(Collectors.joining(", ")));
        // The days that are over have indexes of their own; and those to come have partitions.
        new Maintenance(
                        workshop.owner(),
                        generation,
                        new Keeping(Map.of(), keeping().archive()),
                        workshop.clock())
                .pass();
        Registry.phase(session.connection(), generation, CATCHING_UP);
    }

    private void requireWhole() throws SQLException {
        List<String> differences = SchemaShape.differences(session.connection(), generation);
        if (!differences.isEmpty()) {
            throw new IllegalStateException("the tables of " + generation.schema()
                    + " are not as they were made: " + String.join("; ", differences)
                    + "; drop this generation and rebuild again");
        }
    }

    private String catchUpAndProve() throws SQLException {
        String then = options.switchWhenVerified() ? SWITCHING : "";
        session.waitForLocks(Duration.ofSeconds(30));
        while (true) {
            catchUp();
            progress.at("verifying", 0, 0);
            workshop.failpoints().hit("rebuild.before_verifying");
            Horizon horizon = Horizon.at(
                    workshop.clock().instant(), keeping(), workshop.topic().begins());
            Optional<String> digest = new Proof(workshop, session, generation).establish(horizon, then);
            if (digest.isPresent()) {
                workshop.topic().place(generation, Places.of(session.connection(), generation));
                log.atInfo()
                        .addKeyValue("schema", generation.schema())
                        .addKeyValue("records", records)
                        .addKeyValue("refused", refused)
                        .log("generation rebuilt and verified");
                return digest.get();
            }
        }
    }

    private void catchUp() throws SQLException {
        DutyCycle cycle = dutyCycle();
        do {
            Loader loader = new Loader(workshop, session, generation, Map.of());
            loader.load(new Loader.Way() {
                @Override
                public int batch() {
                    return CAUGHT_UP_AT_ONCE;
                }

                @Override
                public BatchWriter writer(Session session) {
                    return new BatchWriter(session.connection());
                }

                @Override
                public void pieceDone(long done, long total) {
                    progress.at(CATCHING_UP, done, total);
                    cycle.pieceDone();
                }
            });
            take(loader);
        } while (workshop.topic().behind(Places.of(session.connection(), generation)) > LEVEL);
    }

    private void take(Loader loader) {
        records += loader.records();
        refused += loader.refused();
    }

    private Keeping keeping() {
        return workshop.database().keeping();
    }

    private LateIndexes indexes(Generation live) {
        return new LateIndexes(session, new Doubles(session, live));
    }

    /** Rows that have left the live generation are not brought back; what should have left and has not is still loaded. */
    private Map<String, Instant> oldest(Generation live) throws SQLException {
        Horizon horizon = Horizon.at(workshop.clock().instant(), keeping(), Map.of());
        Map<String, Instant> oldest = new HashMap<>(horizon.firstKept());
        for (Map.Entry<String, Instant> entry : oldest.entrySet()) {
            OffsetDateTime first = session.one(
                            "SELECT min(event_time) FROM " + live.schema() + "." + entry.getKey(),
                            row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                    .orElse(null);
            if (first != null && first.toInstant().isBefore(entry.getValue())) {
                entry.setValue(first.toInstant());
            }
        }
        return oldest;
    }

    /** More than one full batch of the live sink waits for it: that is what it can take at once. */
    private DutyCycle dutyCycle() {
        return new DutyCycle(options.share(), () -> {
            try {
                Map<Partition, Long> live = Places.of(session.connection(), Workshop.live(session));
                return workshop.topic().behind(live) > workshop.database().maxBatch();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot see how far the live generation is: " + e.getMessage(), e);
            }
        });
    }
}
