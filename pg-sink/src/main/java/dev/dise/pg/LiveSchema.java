package dev.dise.pg;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The schema whose tables readers see. */
public final class LiveSchema {
    private static final String VIEW =
            "SELECT definition FROM pg_views WHERE schemaname = 'dise' AND viewname = 'tool_logs'";
    private static final Pattern SCHEMA = Pattern.compile("\\b(dise_g\\d+)\\.tool_logs\\b");

    private LiveSchema() {}

    /**
     * Its name, which is safe to be put into a statement.
     *
     * @throws IllegalStateException if no generation is shown
     */
    public static String of(Sql sql) throws SQLException {
        List<String> views = sql.list(VIEW, row -> row.getString(1));
        Matcher schema = SCHEMA.matcher(views.isEmpty() ? "" : views.get(0));
        if (!schema.find()) {
            throw new IllegalStateException(
                    "PostgreSQL shows no generation of the tables yet: start the PostgreSQL sink once, which makes them");
        }
        return schema.group(1);
    }
}
