package dev.dise.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Every kind of question that the catalogue of resources allows: each filter alone, with values that there are and none. */
record Catalogue(LargeDatabase large) {
    private static final String NOT_THERE = "not-there";
    private static final String UNSEEN = "00000000-0000-4000-8000-000000000000";

    /** A question as it comes: the parameters of a resource's address. */
    record Asked(Resource resource, String query) {
        Parameters parameters() {
            return Parameters.parse(query);
        }

        /** Whether it asks for the rows of one thing, whatever their time, and not for those of a time. */
        boolean namesFewRows() {
            return query.matches("(tool_id|artifact_id|run_id|event_id)=.*") && !query.contains("bucket=");
        }

        Asked and(String parameter) {
            return new Asked(resource, query.isEmpty() ? parameter : query + "&" + parameter);
        }

        @Override
        public String toString() {
            return resource.path() + "?" + query;
        }
    }

    List<Asked> questions() throws SQLException {
        List<Asked> questions = new ArrayList<>();
        for (Resource resource : Resources.ALL) {
            questions.addAll(questions(resource));
        }
        return questions;
    }

    List<Asked> questions(Resource resource) throws SQLException {
        List<Asked> questions = new ArrayList<>(List.of(new Asked(resource, "")));
        for (Filter filter : resource.filters()) {
            for (String value : values(resource, filter)) {
                questions.add(new Asked(resource, value));
            }
        }
        return questions;
    }

    private List<String> values(Resource resource, Filter filter) throws SQLException {
        String name = filter.name();
        String column = filter.columns().getFirst();
        return switch (filter.kind()) {
            case TEXT, LONG_TEXT -> {
                String some = pair(name, some(resource, column));
                yield List.of(some, pair(name, NOT_THERE), some + "&" + pair(name, NOT_THERE));
            }
            case FINGERPRINT -> {
                String some = pair(name, some(resource, column));
                yield List.of(some, pair(name, UNSEEN), some + "&" + pair(name, UNSEEN));
            }
            case EVENT_ID -> List.of(pair(name, some(resource, column)), pair(name, NOT_THERE));
            case LEVEL -> List.of(pair(name, "info"), pair(name, "warning"), pair(name, "error,warning"));
            case SEVERITY -> List.of(pair(name, "high"), pair(name, "critical"), pair(name, "high,critical"));
            case FLAG -> List.of(pair(name, "true"), pair(name, "false"));
            case WORDS ->
                List.of(
                        pair(name, "request"),
                        pair(name, "needle"),
                        pair(name, NOT_THERE),
                        pair(name, "\"request 4321\" -slow"),
                        pair(name, "needle OR slow java.lang.Thread"));
            case INSIDE -> {
                String path = column + ".user.id";
                yield List.of(pair(path, "4321"), pair(path, NOT_THERE), pair(column + ".kind", "k1"));
            }
            case SINCE -> List.of(pair(name, "10m"), pair(name, "3d"));
            case UNTIL -> List.of(pair(name, "3d"), pair(name, "400d"));
        };
    }

    private String some(Resource resource, String column) throws SQLException {
        return large.someValue(resource.view(), column)
                .orElseThrow(() -> new IllegalStateException("fill.sql has too few rows for " + resource.view() + "."
                        + column + ": add them, so that the filter is tested"));
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
