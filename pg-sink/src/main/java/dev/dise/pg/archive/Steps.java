package dev.dise.pg.archive;

import dev.dise.pg.archive.Upkeep.Deed;
import dev.dise.pg.archive.Upkeep.Failure;
import dev.dise.pg.archive.Upkeep.What;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Takes the steps of a pass one after the other, each even if another failed, and remembers what became of them. */
final class Steps {
    private static final Logger log = LoggerFactory.getLogger(Steps.class);

    private final BooleanSupplier isStopped;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    /**
     * @param isStopped asked before each step; then no other is taken, and the failure of the one at hand is none
     */
    Steps(BooleanSupplier isStopped) {
        this.isStopped = isStopped;
    }

    /** One thing that can be done again. */
    @FunctionalInterface
    interface Step {
        void take() throws SQLException, IOException;
    }

    void attempt(String what, Step step) {
        if (isStopped.getAsBoolean()) {
            return;
        }
        try {
            step.take();
        } catch (SQLException | IOException | RuntimeException e) {
            // The other steps do not depend on this one, and the next pass takes it again.
            if (!isStopped.getAsBoolean()) {
                failed(what, e);
            }
        }
    }

    void done(What what, DailyTable table, String object, long rows) {
        deeds.add(new Deed(what, table.tableName(), object, rows));
        log.atLevel(what.removesRows() ? Level.INFO : Level.DEBUG)
                .addKeyValue("what", what)
                .addKeyValue("object", object)
                .addKeyValue("rows", rows)
                .log("table looked after");
    }

    Upkeep summary() {
        return new Upkeep(true, deeds, failures);
    }

    /** The first line alone: a server's further ones may have values of rows. */
    private void failed(String what, Exception e) {
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        failures.add(new Failure(what, why));
        log.atWarn()
                .addKeyValue("what", what)
                .addKeyValue("reason", why)
                .log("table not looked after, will be tried again");
    }
}
