package dev.dise.pg;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Sorts what PostgreSQL says by its SQLSTATE (PostgreSQL manual, appendix A). The one place that knows the codes. */
final class PgErrors {
    /** What an error is about. */
    enum Kind {
        /** The same batch may work later. */
        UNAVAILABLE,
        /** One of the rows will never work. */
        ROW,
        /** The tables, the rights or the program are wrong: a person must act. */
        SETUP
    }

    private PgErrors() {}

    static Kind kindOf(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.length() != 5) {
            return Kind.UNAVAILABLE;
        }
        return switch (state.substring(0, 2)) {
            case "22", "23" -> Kind.ROW;
            case "54" -> Kind.ROW;
            case "42", "28", "3D", "3F", "0A", "21", "XX" -> setupUnlessPlan(state);
            default -> Kind.UNAVAILABLE;
        };
    }

    /** A cached plan that the server no longer takes works again on a new connection. */
    private static Kind setupUnlessPlan(String state) {
        return state.equals("0A000") ? Kind.UNAVAILABLE : Kind.SETUP;
    }

    /** The reason code of a dead letter. */
    static String reasonFor(SQLException e) {
        String state = state(e);
        if (state.equals("22021") || state.equals("22P05")) {
            return "PG_NUL";
        }
        return state.startsWith("23") ? "PG_CONSTRAINT" : "PG_VALUE";
    }

    /** The reason for a person: the code and the server's first line, which has no row values in it. */
    static String messageFor(SQLException e) {
        return "PostgreSQL refuses the row, SQLSTATE " + state(e);
    }

    private static String state(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state == null ? "unknown" : state;
    }
}
