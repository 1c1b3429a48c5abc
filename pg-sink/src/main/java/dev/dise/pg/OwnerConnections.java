package dev.dise.pg;

import dev.dise.runtime.config.DatabaseConfig;
import javax.sql.DataSource;

/** Connections of the role that owns the tables, for work beside the line that may take long. Nothing is pooled. */
public final class OwnerConnections {
    private OwnerConnections() {}

    /**
     * Nothing is connected before it is asked for a connection.
     *
     * @param name who it is, as PostgreSQL's list of sessions shows it
     */
    public static DataSource of(DatabaseConfig config, String name) {
        return Connections.keeper(name, config);
    }
}
