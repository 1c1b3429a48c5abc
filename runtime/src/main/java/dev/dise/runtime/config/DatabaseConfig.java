package dev.dise.runtime.config;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to reach PostgreSQL, and what is stored where.
 *
 * @param logins who writes, who migrates and who reads
 * @param migrate what a service that starts does about the tables
 * @param enabled whether the PostgreSQL side runs at all
 * @param minConnections connections kept open
 * @param maxConnections connections at most
 * @param generation number of the store's incarnation that the sink writes
 * @param maxBatch records of one transaction at most
 * @param workers threads of this process that write; more than the topic has partitions are idle
 * @param statementTimeout how long PostgreSQL may work at one statement; by it a hung server is noticed
 * @param keeping how long rows are kept, and where they go then
 */
public record DatabaseConfig(
        boolean enabled,
        Type type,
        String host,
        int port,
        String database,
        Logins logins,
        Migrate migrate,
        int minConnections,
        int maxConnections,
        int generation,
        int maxBatch,
        int workers,
        Duration statementTimeout,
        StorageRules storage,
        Keeping keeping) {

    /** The databases that there is a sink for. */
    public enum Type {
        POSTGRES
    }

    /** What a service that starts does about the tables. */
    public enum Migrate {
        /** Brings them to this version. */
        AUTO,
        /** Refuses to start if they are not what the migrations of this version made. */
        VALIDATE
    }

    /**
     * Three roles, of which the first does all where only it is set, and one that is only for SQL.
     *
     * @param writer inserts rows: what the sink needs while it runs
     * @param owner migrates, makes and drops partitions
     * @param reader selects from the views of schema {@code dise}, and nothing else
     * @param sql runs the statements of people, and so is none of the others; null where nobody may
     */
    public record Logins(
            Login writer,
            Login owner,
            Login reader,
            @Nullable Login sql) {
        /** Nobody may run statements. */
        public Logins(Login writer, Login owner, Login reader) {
            this(writer, owner, reader, null);
        }

        /** One role for everything. */
        public static Logins all(Login login) {
            return new Logins(login, login, login);
        }

        static Logins from(Section section) {
            Login writer = new Login(section.requiredText("user", "dise"), section.secret("password"));
            Login owner = Login.from(section.section("owner"), writer);
            Login reader = Login.from(section.section("reader"), writer);
            @Nullable Login sql = Login.find(section.section("sql"));
            if (sql != null
                    && Stream.of(writer, owner, reader)
                            .anyMatch(other -> other.user().equals(sql.user()))) {
                section.mistake("sql.user", "must be a role of its own but is " + sql.user() + ", which others use");
            }
            return new Logins(writer, owner, reader, sql);
        }
    }

    static DatabaseConfig from(Section section) {
        DatabaseConfig config = new DatabaseConfig(
                section.flag("enabled", true),
                section.choice("type", Type.POSTGRES, Type.values()),
                section.requiredText("host", "localhost"),
                section.number("port", 5432, 1, 65535),
                section.requiredText("database", "dise_data"),
                Logins.from(section),
                section.choice("migrate", Migrate.AUTO, Migrate.values()),
                section.number("min_connections", 1, 0, 1000),
                section.number("max_connections", 10, 1, 1000),
                section.number("generation", 1, 1, 9999),
                section.number("max_batch", 2000, 1, 50_000),
                section.number("workers", 1, 1, 64),
                section.duration(
                        "statement_timeout", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofHours(1)),
                StorageRules.from(section.section("storage_strategy")),
                Keeping.from(section.section("tables"), section.section("archive")));
        if (config.minConnections > config.maxConnections) {
            section.mistake("min_connections", "must not be above max_connections but is " + config.minConnections);
        }
        if (config.workers > config.maxConnections) {
            section.mistake("workers", "must not be above max_connections but is " + config.workers);
        }
        section.refuseUnknownKeys();
        return config;
    }

    /** The JDBC address; server messages keep row values to themselves ({@code logServerErrorDetail}). */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?logServerErrorDetail=false";
    }

    /** The same on another port of this machine, as other users, in the default database. */
    DatabaseConfig at(int newPort, Logins newLogins) {
        return new DatabaseConfig(
                enabled,
                type,
                "127.0.0.1",
                newPort,
                "dise_data",
                newLogins,
                migrate,
                minConnections,
                maxConnections,
                generation,
                maxBatch,
                workers,
                statementTimeout,
                storage,
                keeping);
    }
}
