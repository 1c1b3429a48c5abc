package dev.dise.pg;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Sorts what PostgreSQL says by its SQLSTATE (PostgreSQL manual, appendix A). The one place that knows the codes. */
public final class PgErrors {
    /** What an error is about. */
    enum Kind {
        /** The same batch may work later. */
        UNAVAILABLE,
        /** One of the rows will never work. */
        ROW,
        /** The tables, the rights or the program are wrong: a person must act. */
        SETUP
    }

    private static final Pattern COPY_LINE = Pattern.compile("^COPY \\w+, line (\\d{1,9})", Pattern.MULTILINE);

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

    /** Whether a statement ran out of time although it waited for no lock, which has a shorter time of its own. */
    static boolean isTooSlow(SQLException e) {
        return state(e).equals("57014");
    }

    /** Whether the server was there, but could not do so much in time or beside what others did. */
    static boolean isOverload(SQLException e) {
        return switch (state(e)) {
            case "57014", "40001", "40P01", "55P03" -> true;
            default -> hasTimedOut(e);
        };
    }

    /** The socket's own time-out; the driver tells of it as of any broken connection. */
    private static boolean hasTimedOut(@Nullable Throwable e) {
        return e != null && (e instanceof SocketTimeoutException || hasTimedOut(e.getCause()));
    }

    /** Whether a row is there already. */
    public static boolean isDuplicate(SQLException e) {
        return state(e).equals("23505");
    }

    /**
     * Which line of a COPY the server could not take, counted from 1; 0 if it does not say. The server's context names
     * the value as well, and so goes no further than here.
     */
    static int copyLine(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException server ? server.getServerErrorMessage() : null;
        String where = message == null ? null : message.getWhere();
        if (where == null) {
            return 0;
        }
        Matcher line = COPY_LINE.matcher(where);
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
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
