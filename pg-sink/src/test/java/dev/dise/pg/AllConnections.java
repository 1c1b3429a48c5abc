package dev.dise.pg;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Somebody who takes every connection that a server has to give, the sink's included. */
final class AllConnections implements AutoCloseable {
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final PgServer postgres;
    private final List<Connection> taken = new ArrayList<>();

    AllConnections(PgServer postgres) {
        this.postgres = postgres;
    }

    /** Returns when there is none left for the sink. */
    void take() throws SQLException {
        do {
            takeFree();
            postgres.endAllSessions();
            takeFree();
        } while (postgres.sessions().length > 0);
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : taken) {
            connection.close();
        }
        taken.clear();
    }

    private void takeFree() throws SQLException {
        try {
            while (true) {
                taken.add(postgres.others().getConnection());
            }
        } catch (SQLException e) {
            if (!TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
