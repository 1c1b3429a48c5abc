package dev.dise.pg;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dise.runtime.config.DatabaseConfig;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to PostgreSQL, with time-outs by which a hung server is noticed. */
final class Connections {
    private static final String CONNECT_SECONDS = "3";
    private static final String LOGIN_SECONDS = "5";
    private static final String CANCEL_SECONDS = "2";
    private static final String OTHER_TIME_OUTS = " -c lock_timeout=2s -c idle_in_transaction_session_timeout=120s";

    private Connections() {}

    /** For writing: the search path is the generation's schema. */
    static HikariDataSource pool(String name, DatabaseConfig config, Generation generation) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(config.jdbcUrl());
        pool.setUsername(config.user());
        pool.setPassword(config.password().value());
        pool.setMinimumIdle(config.minConnections());
        pool.setMaximumPoolSize(config.maxConnections());
        pool.setConnectionTimeout(5_000);
        pool.setInitializationFailTimeout(30_000);
        // As texts: the driver does not see a number among its properties.
        pool.addDataSourceProperty("ApplicationName", name);
        pool.addDataSourceProperty("currentSchema", generation.schema());
        pool.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        pool.addDataSourceProperty("loginTimeout", LOGIN_SECONDS);
        pool.addDataSourceProperty("cancelSignalTimeout", CANCEL_SECONDS);
        pool.addDataSourceProperty("socketTimeout", Long.toString(socketSeconds(config.statementTimeout())));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty(
                "options", "-c statement_timeout=" + config.statementTimeout().toMillis() + OTHER_TIME_OUTS);
        return new HikariDataSource(pool);
    }

    /** Longer than any statement may take; the only one that fires when a backend is stopped (SIGSTOP). */
    private static long socketSeconds(Duration statementTimeout) {
        return Math.max(2, (statementTimeout.toMillis() * 3 / 2 + 999) / 1_000);
    }

    /** For migrating; beside the pool, which may be too small for it, and whose time-outs are too short. */
    static DataSource owner(String name, DatabaseConfig config) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(config.jdbcUrl());
        owner.setUser(config.user());
        owner.setPassword(config.password().value());
        owner.setApplicationName(name + "-migration");
        return owner;
    }
}
