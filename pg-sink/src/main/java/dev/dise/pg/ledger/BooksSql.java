package dev.dise.pg.ledger;

import dev.dise.pg.StoredTable;
import dev.dise.schemas.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The statements of the books; names come from the catalogue of tables and from the generation's schema. */
final class BooksSql {
    static final List<String> TABLES = List.of(
            "CREATE TEMP TABLE accepted (partition INTEGER, record_offset BIGINT, accepted_at TIMESTAMPTZ, event_id UUID,"
                    + " type TEXT, target TEXT, subject TEXT, event_time TIMESTAMPTZ, point UUID, bulk BOOLEAN, rag BOOLEAN)",
            "CREATE TEMP TABLE passed (topic TEXT, partition INTEGER, record_offset BIGINT, event_id UUID)",
            "CREATE TEMP TABLE letters (topic TEXT, partition INTEGER, record_offset BIGINT, event_id UUID)",
            "CREATE TEMP TABLE actions (number BIGINT GENERATED ALWAYS AS IDENTITY, topic TEXT, partition INTEGER,"
                    + " record_offset BIGINT, redrive BOOLEAN)",
            "CREATE TEMP TABLE points (point UUID, event_time TIMESTAMPTZ, event_id UUID, is_end BOOLEAN)",
            "CREATE TEMP TABLE forgotten (subject TEXT, type TEXT, until TIMESTAMPTZ)",
            "CREATE TEMP TABLE places (topic TEXT, partition INTEGER, next_offset BIGINT)");

    /** What PostgreSQL has of the accepted events; first and last time of events are known then. */
    static final String ROWS = "CREATE TEMP TABLE in_postgres AS ";

    /** What became of letters: the last action counts; a letter that only says where it came from has that record's event. */
    static final String LETTERS = """
            CREATE TEMP TABLE refused AS
            SELECT l.topic, l.partition, l.record_offset, coalesce(l.event_id, p.event_id) AS event_id,
                   CASE a.redrive WHEN TRUE THEN 'redriven' WHEN FALSE THEN 'discarded' ELSE 'open' END AS state
            FROM letters AS l
            LEFT JOIN passed AS p ON l.event_id IS NULL AND (p.topic, p.partition, p.record_offset)
                = (l.topic, l.partition, l.record_offset)
            LEFT JOIN (SELECT DISTINCT ON (topic, partition, record_offset) * FROM actions
                       ORDER BY topic, partition, record_offset, number DESC) AS a
                ON (a.topic, a.partition, a.record_offset) = (l.topic, l.partition, l.record_offset)
            """;

    /** What is on its way, and how far it has come, by topic. */
    static final String WAYS = """
            CREATE TEMP TABLE ways AS
            SELECT p.event_id, p.topic, bool_or(p.record_offset >= coalesce(w.next_offset, 0)) AS waits
            FROM passed AS p LEFT JOIN places AS w ON (w.topic, w.partition) = (p.topic, p.partition)
            GROUP BY 1, 2
            """;

    /** Of the same event only the first is judged; of what has no id each. Parameters: the vectors topic, four times. */
    static final String OUTCOMES = """
            CREATE TEMP TABLE outcomes AS
            WITH numbered AS (
                SELECT a.*, event_id IS NOT NULL AND row_number() OVER (PARTITION BY event_id
                           ORDER BY accepted_at, partition, record_offset) > 1 AS again,
                       a.record_offset >= coalesce((SELECT next_offset FROM places
                           WHERE topic = 'dise.events' AND partition = a.partition), 0) AS waits
                FROM accepted AS a),
            letter AS (
                SELECT event_id, topic, bool_or(state = 'open') AS is_open, bool_or(state = 'discarded') AS discarded
                FROM refused WHERE topic <> 'dise.events' AND event_id IS NOT NULL GROUP BY 1, 2),
            found AS (
                SELECT n.*,
                    (SELECT min(CASE WHEN state = 'open' THEN 'dead' WHEN state = 'discarded' THEN 'discarded' ELSE 'repeated' END)
                     FROM refused AS r WHERE (r.topic, r.partition, r.record_offset)
                         = ('dise.events', n.partition, n.record_offset)) AS at_router,
                    rows_there.state AS in_postgres,
                    (SELECT min(CASE WHEN p.event_id = n.event_id OR (n.type = 'deletion' AND p.is_end
                         AND p.event_time = n.event_time) THEN 'stored' ELSE 'superseded' END) FROM points AS p
                     WHERE p.point = n.point AND p.event_time >= n.event_time) AS in_qdrant,
                    bulk.waits AS bulk_waits, rag.waits AS rag_waits, vectors.waits AS vectors_wait,
                    pg_letter.is_open AS pg_open, pg_letter.discarded AS pg_discarded,
                    q_letter.is_open AS q_open, q_letter.discarded AS q_discarded,
                    EXISTS (SELECT FROM forgotten AS f WHERE f.subject = n.subject
                        AND (f.type IS NULL OR f.type = n.type OR n.type = 'deletion')
                        AND (n.accepted_at <= f.until OR n.event_time <= f.until)) AS forgotten
                FROM numbered AS n
                LEFT JOIN (SELECT event_id, CASE WHEN bool_or(state = 'stored') THEN 'stored' ELSE max(state) END AS state
                           FROM in_postgres GROUP BY 1) AS rows_there ON rows_there.event_id = n.event_id
                LEFT JOIN ways AS bulk ON bulk.event_id = n.event_id AND bulk.topic = 'dise.bulk'
                LEFT JOIN ways AS rag ON rag.event_id = n.event_id AND rag.topic = 'dise.rag'
                LEFT JOIN ways AS vectors ON vectors.event_id = n.event_id AND vectors.topic = ?
                LEFT JOIN letter AS pg_letter ON pg_letter.event_id = n.event_id AND pg_letter.topic = 'dise.bulk'
                LEFT JOIN (SELECT event_id, bool_or(is_open) AS is_open, bool_or(discarded) AS discarded FROM letter
                           WHERE topic <> 'dise.bulk' GROUP BY 1) AS q_letter ON q_letter.event_id = n.event_id),
            judged AS (
                SELECT *,
                    CASE WHEN NOT bulk THEN NULL WHEN in_postgres IN ('stored', 'superseded') THEN in_postgres
                         WHEN pg_open THEN 'dead' WHEN pg_discarded THEN 'discarded' WHEN forgotten THEN 'forgotten'
                         WHEN bulk_waits OR (bulk_waits IS NULL AND waits) THEN 'waits'
                         WHEN in_postgres IS NOT NULL THEN in_postgres
                         WHEN bulk_waits IS NULL THEN 'dise.bulk' ELSE 'postgres' END AS postgres,
                    CASE WHEN NOT rag THEN NULL WHEN in_qdrant IS NOT NULL THEN in_qdrant
                         WHEN q_open THEN 'dead' WHEN q_discarded THEN 'discarded' WHEN forgotten THEN 'forgotten'
                         WHEN rag_waits OR vectors_wait OR (rag_waits IS NULL AND vectors_wait IS NULL AND waits)
                             THEN 'waits'
                         WHEN rag_waits IS NULL THEN 'dise.rag'
                         WHEN vectors_wait IS NULL AND NOT EXISTS (SELECT FROM accepted AS newer WHERE newer.rag
                             AND newer.point = found.point AND newer.event_time > found.event_time) THEN 'vectors'
                         ELSE 'qdrant' END AS qdrant
                FROM found)
            SELECT partition, record_offset, accepted_at, event_id, type, ARRAY_REMOVE(ARRAY[
                    CASE WHEN postgres IN ('dise.bulk', 'postgres') THEN postgres END,
                    CASE WHEN qdrant IN ('dise.rag', 'vectors', 'qdrant') THEN qdrant END,
                    CASE WHEN type IS NULL AND at_router IS NULL AND NOT waits THEN 'dise.dead-letters' END], NULL) AS missing_in,
                CASE WHEN type IS NULL THEN coalesce(at_router, CASE WHEN waits THEN 'waits' ELSE 'missing' END)
                     WHEN again THEN 'repeated'
                     WHEN at_router IS NOT NULL AND bulk_waits IS NULL AND rag_waits IS NULL THEN at_router
                     WHEN NOT bulk AND NOT rag THEN 'unrouted'
                     WHEN postgres IN ('dise.bulk', 'postgres') OR qdrant IN ('dise.rag', 'vectors', 'qdrant') THEN 'missing'
                     WHEN 'waits' IN (postgres, qdrant) THEN 'waits'
                     WHEN 'dead' IN (postgres, qdrant) THEN 'dead'
                     WHEN 'discarded' IN (postgres, qdrant) THEN 'discarded'
                     WHEN 'forgotten' IN (postgres, qdrant) THEN 'forgotten'
                     WHEN 'expired' IN (postgres, qdrant) THEN 'expired'
                     WHEN 'stored' IN (postgres, qdrant) THEN 'stored'
                     ELSE 'superseded' END AS outcome
            FROM judged
            """;

    static final String UNEXPLAINED = """
            SELECT partition, record_offset, event_id, coalesce(type, '-') AS type, unnest(missing_in) AS missing_in
            FROM outcomes WHERE outcome = 'missing' ORDER BY accepted_at, partition, record_offset LIMIT ?
            """;

    /** What emitters report to have dropped, by reason; see {@code dise.emitter} in the tables of logs. */
    static final String DROPPED = """
            SELECT left(reason, 100) AS reason, sum(count::text::numeric)::bigint AS events
            FROM (SELECT details -> 'dropped' AS dropped FROM %s.tool_logs
                  WHERE tool_id = 'dise.emitter' AND event_time >= ?) AS reports
            CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(dropped) WHEN 'object' THEN dropped ELSE '{}' END)
                AS losses (reason, count)
            WHERE CASE jsonb_typeof(count) WHEN 'number' THEN count::text::numeric > 0 ELSE FALSE END
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100
            """;

    private BooksSql() {}

    /**
     * Which of the accepted events are rows.
     *
     * @param live the schema that readers see
     */
    static String rows(String live) {
        List<String> parts = new ArrayList<>();
        for (StoredTable table : StoredTable.all()) {
            if (typesOf(table).isEmpty()) {
                // Its rows stand beside others that say as much.
                continue;
            }
            String name = live + "." + table.name();
            if (table.isEntity()) {
                parts.add(entities(table, name));
            } else {
                parts.add("SELECT t.event_id, 'stored' AS state FROM " + name + " AS t JOIN accepted AS a"
                        + " USING (event_id) WHERE a.bulk AND t.event_time BETWEEN (SELECT min(event_time) FROM accepted)"
                        + " AND (SELECT max(event_time) FROM accepted)");
            }
            if (table.isByDay()) {
                parts.add(expired(table, live));
            }
        }
        return ROWS + String.join(" UNION ALL ", parts);
    }

    /** A summary of {@code outcomes}. */
    static String balance(Account.By by) {
        String type = by == Account.By.TYPE || by == Account.By.BOTH ? "coalesce(type, '-')" : "NULL";
        String minute = by == Account.By.MINUTE || by == Account.By.BOTH
                ? "date_trunc('minute', accepted_at)"
                : "NULL::timestamptz";
        String counts = Arrays.stream(new String[] {
                    "stored",
                    "superseded",
                    "repeated",
                    "dead",
                    "waits",
                    "discarded",
                    "forgotten",
                    "expired",
                    "unrouted",
                    "missing"
                })
                .map(outcome -> "count(*) FILTER (WHERE outcome = '" + outcome + "') AS " + outcome)
                .collect(Collectors.joining(", "));
        return "SELECT " + type + " AS type, " + minute + " AS minute, count(*) AS accepted, " + counts
                + " FROM outcomes GROUP BY 1, 2 ORDER BY 2, 1";
    }

    /** An entity has the event's version, or a newer one. */
    private static String entities(StoredTable table, String name) {
        List<String> types = typesOf(table);
        String key = table.key().get(table.key().size() - 1);
        String ofType = table.key().size() > 1 ? " AND t." + table.key().get(0) + " = a.target" : "";
        return "SELECT a.event_id, CASE WHEN t.event_id = a.event_id THEN 'stored' ELSE 'superseded' END AS state FROM "
                + name + " AS t JOIN accepted AS a ON t." + key + " = a.subject" + ofType
                + " WHERE a.bulk AND a.target IN ("
                + String.join(", ", types) + ") AND (t.event_id = a.event_id OR t.event_time >= a.event_time)";
    }

    /** Rows that left by their retention; one parameter: the time that the table keeps rows from. */
    private static String expired(StoredTable table, String live) {
        List<String> types = typesOf(table);
        return "SELECT a.event_id, 'expired' FROM accepted AS a WHERE a.bulk AND a.type IN (" + String.join(", ", types)
                + ") AND (a.event_time < ? OR EXISTS (SELECT FROM " + live + ".archives AS r WHERE r.table_name = '"
                + table.name() + "' AND a.event_time BETWEEN r.first_time AND r.last_time))";
    }

    private static List<String> typesOf(StoredTable table) {
        return Arrays.stream(EventType.values())
                .filter(type ->
                        type != EventType.DELETION && StoredTable.of(type).equals(table))
                .map(type -> "'" + type.wireName() + "'")
                .toList();
    }
}
