package dev.dise.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Which generations there are, and which one readers see: that whose tables are behind the views. */
final class LiveGeneration {
    private static final String PREFIX = "dise_g";
    /** What the view reads, as the catalogue has it: its text leaves out a schema that is on the search path. */
    static final String LIVE = "SELECT DISTINCT n.nspname FROM pg_catalog.pg_rewrite r"
            + " JOIN pg_catalog.pg_depend d ON d.objid = r.oid AND d.classid = 'pg_catalog.pg_rewrite'::regclass"
            + " JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND d.refclassid = 'pg_catalog.pg_class'::regclass"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE r.ev_class = to_regclass('dise.tool_logs') AND n.nspname ~ '^dise_g[0-9]+$'";

    private static final String ALL = "SELECT n.nspname FROM pg_catalog.pg_namespace n"
            + " WHERE n.nspname ~ '^dise_g[0-9]+$' AND to_regclass(n.nspname || '.sink_offsets') IS NOT NULL";

    private LiveGeneration() {}

    /** The one that readers see. */
    static Generation of(DataSource source, Generation otherwise) throws SQLException {
        List<Generation> live = generations(source, LIVE);
        return live.isEmpty() ? otherwise : live.get(0);
    }

    /** Every one that has its tables, by number. */
    static List<Generation> all(DataSource source) throws SQLException {
        return generations(source, ALL);
    }

    private static List<Generation> generations(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            List<Generation> generations = new ArrayList<>();
            while (result.next()) {
                generations.add(
                        new Generation(Integer.parseInt(result.getString(1).substring(PREFIX.length()))));
            }
            generations.sort((a, b) -> Integer.compare(a.number(), b.number()));
            return generations;
        }
    }
}
