package dev.dise.pg;

import dev.dise.pg.archive.ForgottenFiles;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** Removes what PostgreSQL and its archives have of a forgotten subject, in every generation, as the owner of the tables. */
public final class PgForgetting {
    private final DataSource owner;
    private final ForgottenFiles files;

    private PgForgetting(DataSource owner, ForgottenFiles files) {
        this.owner = owner;
        this.files = files;
    }

    /** Nothing is connected before it is asked for something. */
    public static PgForgetting of(DatabaseConfig config) {
        DataSource owner = Connections.keeper("pg-forget", config);
        return new PgForgetting(owner, new ForgottenFiles(owner, config.keeping(), Clock.systemUTC()));
    }

    private interface Work {
        Map<String, Long> on(Generation generation) throws SQLException;
    }

    /** The rows that there are, by table as in {@code dise_g1.tool_logs}. */
    public Map<String, Long> countRows(ForgottenSubject subject) throws StoreUnavailableException {
        return rows(subject, false);
    }

    /** Removes them; what is added meanwhile is not among them. */
    public Map<String, Long> removeRows(ForgottenSubject subject) throws StoreUnavailableException {
        return rows(subject, true);
    }

    /**
     * The rows in archived files, by file as in {@code dise_g1/tool_logs/2026-01-31-p1.csv.zst}. Every file is read.
     *
     * @param watcher is told how many rows have been read
     * @throws IllegalStateException if the archive cannot be reached
     */
    public Map<String, Long> countFiles(ForgottenSubject subject, LongConsumer watcher)
            throws StoreUnavailableException {
        return each(generation -> files.count(generation, subject, watcher));
    }

    /**
     * Writes the files again without these rows, and removes the former ones.
     *
     * @throws IllegalStateException if the archive cannot be reached, or a file is not what was written, or a keeper is at
     *     work for more than a minute
     */
    public Map<String, Long> removeFromFiles(ForgottenSubject subject, LongConsumer watcher)
            throws StoreUnavailableException {
        return each(generation -> files.remove(generation, subject, watcher));
    }

    private Map<String, Long> rows(ForgottenSubject subject, boolean removes) throws StoreUnavailableException {
        return each(generation -> {
            try (Connection connection = owner.getConnection()) {
                ForgottenRows rows = new ForgottenRows(connection, generation, subject);
                return removes ? rows.remove() : rows.count();
            }
        });
    }

    private Map<String, Long> each(Work work) throws StoreUnavailableException {
        Map<String, Long> all = new TreeMap<>();
        try {
            for (Generation generation : LiveGeneration.all(owner)) {
                all.putAll(work.on(generation));
            }
            return all;
        } catch (SQLException e) {
            throw PgSink.sorted(e);
        }
    }
}
