package dev.dise.pg.archive;

import dev.dise.pg.archive.Upkeep.What;
import java.io.IOException;
import java.sql.SQLException;

/** How rows that are too old leave their table. */
interface Departure {
    /**
     * What became of a slice.
     *
     * @param object the file that its rows are in, or the partition that they were in
     */
    record Outcome(What what, String object, long rows) {}

    /** Removes the rows of a slice that has some, or a partition that has none. */
    Outcome of(Slice slice) throws SQLException, IOException;
}
