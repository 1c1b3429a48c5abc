package dev.dise.pg;

import dev.dise.runtime.config.DatabaseConfig;
import javax.sql.DataSource;

/** Connections for what copies or fills whole tables: as their owner, and patient with long statements. */
public final class OwnerConnections {
    private OwnerConnections() {}

    /** Nothing is connected before it is asked for. */
    public static DataSource of(DatabaseConfig config) {
        return Connections.keeper("dise-backup", config);
    }
}
