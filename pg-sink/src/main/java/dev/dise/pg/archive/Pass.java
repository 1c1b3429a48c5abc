package dev.dise.pg.archive;

import dev.dise.pg.archive.Upkeep.What;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** Looks once at all partitions and does what is due. Each step can be done again, and none depends on another. */
final class Pass {
    /** Days ahead of today that have a partition, so that nothing has to be made when a day begins. */
    private static final int DAYS_AHEAD = 3;

    private final Session session;
    private final Steps steps;
    private final Archives archives;
    private final Setting setting;
    private final Instant now;
    private final Retention retention;

    Pass(Session session, Setting setting, Steps steps) {
        this.session = session;
        this.steps = steps;
        this.archives = new Archives(session);
        this.setting = setting;
        this.now = setting.clock().instant();
        this.retention = new Retention(setting.keeping().retention(), now);
    }

    void run() {
        for (DailyTable table : DailyTable.values()) {
            steps.attempt("partitions ahead of " + table.tableName(), () -> addPartitions(table));
        }
        steps.attempt("indexes of closed partitions", this::buildIndexes);
        if (!retention.byTable().isEmpty()) {
            steps.attempt("retention", this::removeOld);
        }
    }

    private void addPartitions(DailyTable table) throws SQLException {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            Leaf leaf = new Leaf(table, today.plusDays(ahead));
            if (Leaves.add(session, leaf)) {
                steps.done(What.PARTITION_ADDED, table, leaf.name(), 0);
            }
        }
    }

    private void buildIndexes() throws SQLException {
        LeafIndexes indexes = LeafIndexes.in(session);
        for (DailyTable table : DailyTable.values()) {
            Set<String> kept = archives.kept(table, now);
            for (Leaf leaf : Leaves.of(session, table)) {
                boolean stays =
                        !retention.isOver(leaf) || kept.contains(Slice.of(leaf).label());
                if (leaf.isClosed(now) && stays && indexes.isMissingSome(leaf)) {
                    steps.attempt("indexes of " + leaf.name(), () -> buildIndexes(leaf, indexes));
                }
            }
        }
    }

    private void buildIndexes(Leaf leaf, LeafIndexes indexes) throws SQLException {
        indexes.build(leaf).forEach(name -> steps.done(What.INDEX_BUILT, leaf.table(), name, 0));
    }

    private void removeOld() throws SQLException {
        Removal removal = new Removal(session, archives, now);
        if (setting.hasNoArchive()) {
            removeOld(new DropOnly(session, removal));
            return;
        }
        try (ArchiveStore store = setting.archive().get()) {
            ArchiveWriter writer = new ArchiveWriter(session, store, setting);
            removeOld(new ArchiveFirst(session, writer, new ArchiveReader(store), archives, removal));
        }
    }

    private void removeOld(Departure departure) throws SQLException {
        for (DailyTable table : DailyTable.values()) {
            LocalDate firstKept = retention.firstKept(table).orElse(null);
            if (firstKept == null) {
                continue;
            }
            Set<String> kept = archives.kept(table, now);
            for (Leaf leaf : Leaves.of(session, table)) {
                if (retention.isOver(leaf)) {
                    remove(Slice.of(leaf), kept, departure);
                }
            }
            Slice rest = Slice.ofRest(table, firstKept);
            if (Contents.of(session, rest).rows() > 0) {
                remove(rest, kept, departure);
            }
        }
    }

    private void remove(Slice slice, Set<String> kept, Departure departure) {
        if (!kept.contains(slice.label())) {
            steps.attempt("retention of " + slice.partition(), () -> removeNow(slice, departure));
        }
    }

    private void removeNow(Slice slice, Departure departure) throws SQLException, IOException {
        Departure.Outcome outcome = departure.of(slice);
        steps.done(outcome.what(), slice.table(), outcome.object(), outcome.rows());
    }
}
