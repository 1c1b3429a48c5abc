package dev.dise.query;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The first generation's tables and the readers' views, as the sink lays them down. */
final class SinkTables {
    static final String SCHEMA = "dise_g1";

    private SinkTables() {}

    /** Lays them down; the connection's search path is the generation's schema from then on. */
    static void layDown(Connection owner) throws IOException, SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(resource("/dev/dise/pg/public.sql"));
            statement.execute("CREATE SCHEMA " + SCHEMA + "; SET search_path = " + SCHEMA);
            statement.execute(resource("/dev/dise/pg/migrations/V1__tables.sql"));
            statement.execute(
                    resource("/dev/dise/pg/migrations/V2__partitions.sql").replace("${flyway:defaultSchema}", SCHEMA));
            statement.execute(resource("/dev/dise/pg/migrations/V3__fingerprints_and_versions.sql"));
            statement.execute(resource("/dev/dise/pg/views.sql").replace("${schema}", SCHEMA));
        }
    }

    /** What a reader needs and no more. */
    static void grantTo(String reader, Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("GRANT USAGE ON SCHEMA dise TO " + reader);
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA dise TO " + reader);
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(SinkTables.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
