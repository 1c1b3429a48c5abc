package dev.dise.pg;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.config.Login;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to PostgreSQL, with time-outs by which a hung server is noticed. */
public final class Connections {
    private static final String CONNECT_SECONDS = "3";
    private static final String LOGIN_SECONDS = "5";
    private static final String CANCEL_SECONDS = "2";
    private static final long MOST_LOCK_MILLIS = 2_000;

    private Connections() {}

    /** For writing: the search path is the generation's schema. */
    static HikariDataSource pool(String name, DatabaseConfig config, Generation generation) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(config.jdbcUrl());
        pool.setUsername(config.logins().writer().user());
        pool.setPassword(config.logins().writer().password().value());
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
        pool.addDataSourceProperty("options", timeOuts(config.statementTimeout()));
        return new HikariDataSource(pool);
    }

    /** Waiting for a lock ends sooner than working, so that the two can be told apart. */
    private static String timeOuts(Duration statementTimeout) {
        long millis = statementTimeout.toMillis();
        return "-c statement_timeout=" + millis + " -c lock_timeout=" + Math.min(MOST_LOCK_MILLIS, millis / 2)
                + " -c idle_in_transaction_session_timeout=120s";
    }

    /** Longer than any statement may take; the only one that fires when a backend is stopped (SIGSTOP). */
    private static long socketSeconds(Duration statementTimeout) {
        return Math.max(2, (statementTimeout.toMillis() * 3 / 2 + 999) / 1_000);
    }

    /** For migrating; beside the pool, which may be too small for it, and whose time-outs are too short. */
    public static DataSource owner(String name, DatabaseConfig config) {
        return single(name + "-migration", config, config.logins().owner());
    }

    /** For looking at the tables before there is a pool. */
    static DataSource writer(String name, DatabaseConfig config) {
        return single(name + "-validation", config, config.logins().writer());
    }

    /** For looking which generations there are: it gives up soon. */
    static DataSource watcher(String name, DatabaseConfig config) {
        PGSimpleDataSource source =
                single(name + "-generations", config, config.logins().writer());
        source.setConnectTimeout(Integer.parseInt(CONNECT_SECONDS));
        source.setLoginTimeout(Integer.parseInt(LOGIN_SECONDS));
        source.setSocketTimeout(Integer.parseInt(LOGIN_SECONDS));
        return source;
    }

    /** For looking after the tables: as the owner, and patient with a statement that builds an index for hours. */
    public static DataSource keeper(String name, DatabaseConfig config) {
        PGSimpleDataSource source =
                single(name + "-keeper", config, config.logins().owner());
        source.setConnectTimeout(Integer.parseInt(CONNECT_SECONDS));
        source.setLoginTimeout(Integer.parseInt(LOGIN_SECONDS));
        source.setCancelSignalTimeout(Integer.parseInt(CANCEL_SECONDS));
        source.setTcpKeepAlive(true);
        return source;
    }

    /** For looking at rows: as who may read the views, and no longer than a person waits. */
    static DataSource reader(String name, DatabaseConfig config) {
        PGSimpleDataSource source = single(name, config, config.logins().reader());
        source.setConnectTimeout(Integer.parseInt(CONNECT_SECONDS));
        source.setLoginTimeout(Integer.parseInt(LOGIN_SECONDS));
        return source;
    }

    private static PGSimpleDataSource single(String name, DatabaseConfig config, Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(config.jdbcUrl());
        source.setUser(login.user());
        source.setPassword(login.password().value());
        source.setApplicationName(name);
        return source;
    }
}
