package dev.dise.pg;

import java.sql.SQLException;
import java.util.List;

/** The schema whose tables readers see. */
public final class LiveSchema {
    private LiveSchema() {}

    /**
     * Its name, which is safe to be put into a statement.
     *
     * @throws IllegalStateException if no generation is shown
     */
    public static String of(Sql sql) throws SQLException {
        List<String> schemas = sql.list(LiveGeneration.LIVE, row -> row.getString(1));
        if (schemas.isEmpty()) {
            throw new IllegalStateException(
                    "PostgreSQL shows no generation of the tables yet: start the PostgreSQL sink once, which makes them");
        }
        return schemas.get(0);
    }
}
