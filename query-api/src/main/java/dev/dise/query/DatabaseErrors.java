package dev.dise.query;

import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what PostgreSQL says by its SQLSTATE (PostgreSQL manual, appendix A) into: not now, a bad value, a bug. Only the
 * bug keeps the driver's words, for the log; the others say what they mean.
 */
public final class DatabaseErrors {
    static final String TOO_SLOW = "PostgreSQL took longer than " + Database.STATEMENT_TIMEOUT.toSeconds()
            + " s; narrow the question with more filters";

    private static final String QUERY_CANCELED = "57014";

    private DatabaseErrors() {}

    /**
     * The exception to throw.
     *
     * @throws StoreUnavailableException if the same question may have an answer later
     */
    public static RuntimeException sorted(SQLException e) throws StoreUnavailableException {
        @Nullable String state = e.getSQLState();
        String sqlClass = state == null || state.length() != 5 ? "08" : state.substring(0, 2);
        return switch (sqlClass) {
            case "22" -> refused(e);
            case "42", "21", "23", "25", "0A" -> setupOrBug(e, state);
            default -> throw new StoreUnavailableException(reason(sqlClass, state), e);
        };
    }

    private static RuntimeException refused(SQLException e) {
        RefusedException refused = RefusedException.badValue("a filter", "has a value that PostgreSQL cannot compare");
        refused.initCause(e);
        return refused;
    }

    private static RuntimeException setupOrBug(SQLException e, @Nullable String state)
            throws StoreUnavailableException {
        if ("42P01".equals(state)) {
            throw new StoreUnavailableException("PostgreSQL has no tables yet: the pg-sink lays them down", e);
        }
        if ("42501".equals(state)) {
            throw new StoreUnavailableException("PostgreSQL does not let this user read the views of dise", e);
        }
        return new IllegalStateException("PostgreSQL refuses a statement, SQLSTATE " + state, e);
    }

    private static String reason(String sqlClass, @Nullable String state) {
        if (QUERY_CANCELED.equals(state)) {
            return TOO_SLOW;
        }
        return switch (sqlClass) {
            case "28" -> "PostgreSQL refuses the login of the query service";
            case "3D" -> "PostgreSQL has no such database";
            case "53" -> "PostgreSQL has no room for more";
            case "57" -> "PostgreSQL is starting or stopping";
            default -> "PostgreSQL does not answer";
        };
    }
}
