package dev.dise.pg;

import dev.dise.pg.generations.Registered;
import dev.dise.pg.generations.Registered.Standing;
import dev.dise.pg.generations.Registry;
import dev.dise.runtime.config.DatabaseConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks which generations are to be followed, over one connection that is made anew when it breaks. Thread-safe. */
final class GenerationWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GenerationWatch.class);

    private final DataSource source;
    private @Nullable Connection connection;
    private boolean closed;

    GenerationWatch(String name, DatabaseConfig config) {
        this.source = Connections.watcher(name, config);
    }

    /** Something that the database is asked. */
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** Those that are live or follow; empty if the database does not answer. */
    Optional<List<Generation>> followed() {
        return answer(Registry::followed);
    }

    /** Those that are live; empty if the database does not answer. */
    Optional<Generation> live() {
        return answer(Registry::live).flatMap(live -> live.map(Registered::generation));
    }

    /** Forgets which records became dead letters where no other generation can come to them any more. */
    void forgetLetters() {
        answer(connected -> {
            List<Registered> all = Registry.all(connected);
            if (all.size() == 1 && all.get(0).standing() == Standing.LIVE) {
                try (Statement statement = connected.createStatement()) {
                    statement.executeUpdate("DELETE FROM dise.lettered AS l USING "
                            + all.get(0).generation().schema() + ".sink_offsets AS o WHERE l.topic = o.topic"
                            + " AND l.partition = o.partition AND l.record_offset < o.next_offset");
                }
            }
            return all;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    private synchronized <T> Optional<T> answer(Question<T> question) {
        if (closed) {
            return Optional.empty();
        }
        try {
            if (connection == null) {
                connection = source.getConnection();
            }
            return Optional.of(question.ask(connection));
        } catch (SQLException e) {
            // PostgreSQL is away; the workers notice and wait, and so does this.
            log.atDebug().setCause(e).log("generations cannot be read, will be tried again");
            disconnect();
            return Optional.empty();
        }
    }

    private void disconnect() {
        Connection broken = connection;
        connection = null;
        if (broken == null) {
            return;
        }
        try {
            broken.close();
        } catch (SQLException e) {
            // It is of no use any more in either case.
            log.atDebug().setCause(e).log("connection does not close");
        }
    }
}
