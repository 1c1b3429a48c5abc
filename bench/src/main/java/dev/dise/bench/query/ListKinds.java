package dev.dise.bench.query;

import dev.dise.query.Parameters;
import dev.dise.query.SqlQuery;
import dev.dise.query.paging.RowPlace;
import dev.dise.schemas.EnvelopeHeaders;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Questions whose answers are rows as they are stored, a hundred at a time. */
final class ListKinds {
    private static final String ORDER = " ORDER BY event_time DESC, event_id, id LIMIT 100";
    private static final String LOGS = "SELECT * FROM tool_logs WHERE ";
    private static final String HAS_WORD = "dise.words(message) @@ dise.phrase(?)";
    private static final List<String> LEVELS = List.of("info", "warning", "error");
    private static final List<String> FREQUENT = List.of("cache", "timeout", "candidate", "repair", "examples");
    private static final List<String> SEVERITIES = List.of("medium", "high", "critical");
    private static final int NUMBERS = 100_000;
    private static final int PLACES = 16;

    private final BareSql bare;
    private final Scale scale;

    ListKinds(BareSql bare, Scale scale) {
        this.bare = bare;
        this.scale = scale;
    }

    List<Kind> all() throws SQLException {
        return List.of(logs(), frequentWord(), rareWord(), details(), deepPage(), bugs());
    }

    private Kind logs() {
        return new Kind(
                "logs_list",
                number -> "/v1/logs?limit=100&tool_id=" + tool(number) + "&log_level=" + pick(LEVELS, number)
                        + "&since=" + EnvelopeHeaders.formatTime(since(number).toInstant()),
                number -> bare.rows(SqlQuery.of(
                        LOGS + "tool_id = ? AND log_level = ? AND event_time >= ?" + ORDER,
                        tool(number),
                        pick(LEVELS, number),
                        since(number))));
    }

    private Kind frequentWord() {
        return new Kind(
                "logs_frequent_word",
                number -> "/v1/logs?limit=100&q=" + pick(FREQUENT, number),
                number -> bare.rows(SqlQuery.of(LOGS + HAS_WORD + ORDER, pick(FREQUENT, number))));
    }

    /** Whoever knows that the word is rare sees to it that the newest rows are not gone through one by one. */
    private Kind rareWord() {
        return new Kind(
                "logs_rare_word",
                number -> "/v1/logs?limit=100&q=" + rare(number),
                number -> bare.rows(
                        SqlQuery.of(found("message ILIKE ? AND " + HAS_WORD), "%" + rare(number) + "%", rare(number))));
    }

    private Kind details() {
        return new Kind(
                "logs_details",
                number -> "/v1/logs?limit=100&details.duration_ms=" + duration(number),
                number -> bare.rows(
                        SqlQuery.of(found("details @> ?::jsonb"), "{\"duration_ms\":" + duration(number) + "}")));
    }

    private static String found(String condition) {
        return "SELECT * FROM (" + LOGS + condition + " OFFSET 0) AS found" + ORDER;
    }

    private Kind deepPage() throws SQLException {
        Parameters parameters = new Parameters(Map.of("limit", List.of("100")));
        List<RowPlace> places = places();
        return new Kind(
                "logs_deep_page",
                number -> "/v1/logs?limit=100&after=" + pick(places, number).cursor("/v1/logs", parameters),
                number -> {
                    RowPlace place = pick(places, number);
                    return bare.rows(SqlQuery.of(
                            LOGS + "event_time <= ? AND (event_time < ? OR (event_id, id) > (?, ?))" + ORDER,
                            place.time(),
                            place.time(),
                            place.eventId(),
                            place.id()));
                });
    }

    /** Of rows that are up to half of all away from the newest. */
    private List<RowPlace> places() throws SQLException {
        List<RowPlace> places = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        String sql = "SELECT event_time, event_id, id FROM tool_logs WHERE event_time <= ?"
                + " ORDER BY event_time DESC LIMIT 1";
        try (PreparedStatement statement = bare.connection().prepareStatement(sql)) {
            for (int i = 0; i < PLACES; i++) {
                statement.setObject(1, scale.time(scale.logs() / 2 + random.nextInt(scale.logs() / 2), scale.logs()));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    places.add(new RowPlace(
                            row.getObject(1, OffsetDateTime.class),
                            row.getObject(2, UUID.class),
                            row.getLong(3),
                            null));
                }
            }
        }
        return places;
    }

    private Kind bugs() {
        return new Kind(
                "bugs_open",
                number -> "/v1/bugs?limit=100&resolved=false&severity=" + pick(SEVERITIES, number),
                number -> bare.rows(SqlQuery.of(
                        "SELECT * FROM tool_bugs WHERE NOT resolved AND severity = ?" + ORDER,
                        pick(SEVERITIES, number))));
    }

    /** Ten messages of a million have the same number. */
    private static String rare(int number) {
        return Integer.toString(random(number).nextInt(1_000, NUMBERS));
    }

    private static String duration(int number) {
        return Double.toString(random(number).nextInt(1, NUMBERS) / 10.0);
    }

    private static String tool(int number) {
        return "tool-" + random(number).nextInt(Scale.LOGGING_TOOLS);
    }

    private OffsetDateTime since(int number) {
        return scale.now().minusDays(2 + number % (Scale.DAYS - 2));
    }

    private static <T> T pick(List<T> values, int number) {
        return values.get(number % values.size());
    }

    private static SplittableRandom random(int number) {
        return new SplittableRandom(77L * number);
    }
}
