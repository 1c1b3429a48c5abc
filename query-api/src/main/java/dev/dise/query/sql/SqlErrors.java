package dev.dise.query.sql;

import dev.dise.query.Problem;
import dev.dise.query.RefusedException;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells people what PostgreSQL says of their statement; what is not about the statement stays here. */
record SqlErrors(SqlStatement statement, Duration timeout) {
    private static final String QUERY_CANCELED = "57014";
    /** Not about what was asked: no connection, no login, no place, PostgreSQL stops. */
    private static final Set<String> NOT_NOW = Set.of("08", "28", "57", "3D");

    private static final String NO_PLACE = "53300";

    /**
     * The exception to throw.
     *
     * @param late whether it was ended because it took too long
     * @throws StoreUnavailableException if the same statement may have an answer later
     */
    RefusedException sorted(SQLException e, boolean late) throws StoreUnavailableException {
        String state = e.getSQLState() == null ? "08000" : e.getSQLState();
        @Nullable
        ServerErrorMessage said = e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
        if (late || state.equals(QUERY_CANCELED)) {
            return refused(
                    Problem.tooSlow("PostgreSQL took longer than " + timeout.toMillis() / 1000.0
                            + " s; narrow the statement, for example by event_time"),
                    e);
        }
        if (String.valueOf(e.getMessage()).contains("maxResultBuffer")) {
            return refused(
                    Problem.tooLarge("rows are larger than 32 MiB; select less of them, as left(column, 1000)"), e);
        }
        if (said == null || state.equals(NO_PLACE) || NOT_NOW.contains(state.substring(0, 2))) {
            throw new StoreUnavailableException("PostgreSQL runs no statement now", e);
        }
        return refused(Problem.refused("PostgreSQL says: " + told(said)), e);
    }

    private String told(ServerErrorMessage said) {
        StringBuilder told = new StringBuilder(String.valueOf(said.getMessage()));
        if (said.getPosition() > 0) {
            told.append(", at ").append(statement.place(said.getPosition()));
        }
        if (said.getHint() != null) {
            told.append(". ").append(said.getHint());
        }
        return told.toString();
    }

    private static RefusedException refused(Problem problem, SQLException cause) {
        RefusedException refused = new RefusedException(problem);
        refused.initCause(cause);
        return refused;
    }
}
