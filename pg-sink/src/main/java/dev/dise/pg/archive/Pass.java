package dev.dise.pg.archive;

import dev.dise.pg.archive.Upkeep.Deed;
import dev.dise.pg.archive.Upkeep.Failure;
import dev.dise.pg.archive.Upkeep.What;
import dev.dise.runtime.config.Keeping;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks once at all partitions and does what is due. Each step can be done again, and none depends on another: one that
 * fails is noted, and the next pass tries it again.
 */
final class Pass {
    private static final Logger log = LoggerFactory.getLogger(Pass.class);

    /** Days ahead of today that have a partition, so that nothing has to be made when a day begins. */
    private static final int DAYS_AHEAD = 3;

    private final Session session;
    private final Instant now;
    private final Retention retention;
    private final BooleanSupplier isStopped;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    /**
     * @param keeping how long rows stay
     * @param isStopped asked between two steps; the pass ends there
     */
    Pass(Session session, Keeping keeping, Instant now, BooleanSupplier isStopped) {
        this.session = session;
        this.now = now;
        this.retention = new Retention(keeping.retention(), now);
        this.isStopped = isStopped;
    }

    private interface Step {
        void run() throws SQLException, IOException;
    }

    Upkeep run() {
        for (DailyTable table : DailyTable.values()) {
            attempt("partitions ahead of " + table.tableName(), () -> addPartitions(table));
        }
        attempt("indexes of closed partitions", this::buildIndexes);
        return new Upkeep(true, deeds, failures);
    }

    private void addPartitions(DailyTable table) throws SQLException {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            Leaf leaf = new Leaf(table, today.plusDays(ahead));
            if (Leaves.add(session, leaf)) {
                done(What.PARTITION_ADDED, table, leaf.name(), 0);
            }
        }
    }

    private void buildIndexes() throws SQLException {
        LeafIndexes indexes = LeafIndexes.in(session);
        for (DailyTable table : DailyTable.values()) {
            for (Leaf leaf : Leaves.of(session, table)) {
                if (leaf.isClosed(now) && !retention.isOver(leaf) && indexes.isMissingSome(leaf)) {
                    attempt("indexes of " + leaf.name(), () -> buildIndexes(leaf, indexes));
                }
            }
        }
    }

    private void buildIndexes(Leaf leaf, LeafIndexes indexes) throws SQLException {
        indexes.build(leaf).forEach(name -> done(What.INDEX_BUILT, leaf.table(), name, 0));
    }

    private void done(What what, DailyTable table, String object, long rows) {
        deeds.add(new Deed(what, table.tableName(), object, rows));
        log.atLevel(what.removesRows() ? Level.INFO : Level.DEBUG)
                .addKeyValue("what", what)
                .addKeyValue("object", object)
                .addKeyValue("rows", rows)
                .log("table looked after");
    }

    private void attempt(String what, Step step) {
        if (isStopped.getAsBoolean()) {
            return;
        }
        try {
            step.run();
        } catch (SQLException | IOException | RuntimeException e) {
            if (isStopped.getAsBoolean()) {
                return;
            }
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            failures.add(new Failure(what, why));
            log.atWarn()
                    .addKeyValue("what", what)
                    .addKeyValue("reason", why)
                    .log("table not looked after, will be tried again");
        }
    }
}
