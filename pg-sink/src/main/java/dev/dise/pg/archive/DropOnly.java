package dev.dise.pg.archive;

import dev.dise.pg.archive.Upkeep.What;
import java.sql.SQLException;

/** Rows leave for good, since somebody has decided that they need no archive. */
record DropOnly(Session session, Removal removal) implements Departure {
    @Override
    public Outcome of(Slice slice) throws SQLException {
        Contents contents = Contents.of(session, slice);
        boolean gone = removal.remove(slice, () -> Contents.of(session, slice).equals(contents));
        return new Outcome(gone ? What.DROPPED : What.LEFT, slice.partition(), contents.rows());
    }
}
