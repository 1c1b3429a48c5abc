package dev.dise.pg.ledger;

import dev.dise.pg.LiveSchema;
import dev.dise.pg.OwnerConnections;
import dev.dise.pg.Sql;
import dev.dise.pg.StoredTable;
import dev.dise.runtime.config.DatabaseConfig;
import dev.dise.runtime.sink.ForgottenSubject;
import dev.dise.runtime.sink.Partition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The books of one moment. What was accepted, what has passed and what Qdrant has is entered first, {@link #look} then looks
 * at the tables in one snapshot, and letters are entered last, since a letter is there before its sink goes on. Rows are kept
 * in temporary tables of PostgreSQL, so that memory is bounded. Used by one thread.
 */
public final class Books implements AutoCloseable {
    private final Connection connection;
    private final Sql sql;
    private final String live;
    private final DatabaseConfig config;
    private final Clock clock;

    /** Something that PostgreSQL is told to do. */
    private interface Deed {
        void run() throws SQLException;
    }

    /** Something that PostgreSQL is asked to do. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    private Books(Connection connection, DatabaseConfig config, Clock clock) throws SQLException {
        this.connection = connection;
        this.sql = new Sql(connection);
        this.config = config;
        this.clock = clock;
        this.live = LiveSchema.of(sql);
        sql.execute("SET jit = off");
        sql.execute("SET work_mem = '64MB'");
        for (String table : BooksSql.TABLES) {
            sql.execute(table);
        }
    }

    /**
     * Opens empty books, as the owner of the tables.
     *
     * @throws IllegalStateException if PostgreSQL cannot be reached
     */
    public static Books open(DatabaseConfig config, Clock clock) {
        return asked(() -> {
            Connection connection = OwnerConnections.of(config, "ledger").getConnection();
            try {
                return new Books(connection, config, clock);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        });
    }

    /** Enters how far readers of topics are, exclusive; to be read before anything else. */
    public void places(Map<Partition, Long> places) {
        copy(
                "places",
                List.copyOf(places.entrySet()),
                place -> Arrays.asList(place.getKey().topic(), place.getKey().number(), place.getValue()));
    }

    /** Enters records of the first topic. */
    public void accept(List<AcceptedEvent> events) {
        copy("accepted", events, Books::cells);
    }

    /** Enters records of the topics behind it. */
    public void pass(List<PassedEvent> events) {
        copy(
                "passed",
                events,
                event -> Arrays.asList(event.topic(), event.partition(), event.offset(), event.eventId()));
    }

    /** Enters what Qdrant has. */
    public void points(List<PointEntry> points) {
        copy("points", points, point -> Arrays.asList(point.point(), point.time(), point.eventId(), point.isEnd()));
    }

    /** Enters subjects whose events were removed on purpose. */
    public void forgotten(Collection<ForgottenSubject> subjects) {
        copy(
                "forgotten",
                List.copyOf(subjects),
                one -> Arrays.asList(
                        StoredTable.storable(one.subject()),
                        one.type() == null ? null : one.type().wireName(),
                        one.forgottenAt()));
    }

    /** Looks at the tables, in one snapshot with how far the sink is. */
    public void look() {
        done(() -> {
            sql.execute("CREATE INDEX ON accepted (event_id)");
            sql.execute("CREATE INDEX ON accepted (point) WHERE rag");
            sql.execute("ANALYZE accepted, passed, points");
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            sql.execute("INSERT INTO places SELECT topic, partition, next_offset FROM " + live + ".sink_offsets");
            Object[] kept = StoredTable.all().stream()
                    .filter(StoredTable::isByDay)
                    .map(table -> keptFrom(table.name()))
                    .toArray();
            sql.update(BooksSql.rows(live), kept);
            connection.commit();
            connection.setAutoCommit(true);
        });
    }

    /** Enters dead letters. */
    public void letters(List<LetterEntry> letters) {
        copy(
                "letters",
                letters,
                letter -> Arrays.asList(letter.topic(), letter.partition(), letter.offset(), letter.eventId()));
    }

    /** Enters what operators did with letters, in the order in which they did it. */
    public void actions(List<LetterAction> actions) {
        copy(
                "actions (topic, partition, record_offset, redrive)",
                actions,
                action -> Arrays.asList(action.topic(), action.partition(), action.offset(), action.isRedrive()));
    }

    /**
     * Decides what became of each event; everything is entered.
     *
     * @param vectorsTopic name of the topic between the two halves of the Qdrant side
     */
    public void decide(String vectorsTopic) {
        done(() -> {
            sql.execute(BooksSql.LETTERS);
            sql.execute(BooksSql.WAYS);
            sql.execute("CREATE INDEX ON points (point)");
            sql.execute("CREATE INDEX ON refused (topic, partition, record_offset)");
            sql.execute("ANALYZE refused, ways, in_postgres, forgotten, letters");
            sql.update(BooksSql.OUTCOMES, vectorsTopic);
        });
    }

    /** The lines of the books, oldest first. */
    public List<Account> balance(Account.By by) {
        return asked(() -> sql.list(BooksSql.balance(by), Books::account));
    }

    /** The first events that nothing explains. */
    public List<Unexplained> unexplained(int limit) {
        return asked(() -> sql.list(BooksSql.UNEXPLAINED, Books::unexplained, limit));
    }

    /** What emitters told that they have dropped before Kafka, by reason. */
    public Map<String, Long> dropped(@Nullable Instant since) {
        OffsetDateTime from = since == null ? OffsetDateTime.MIN : since.atOffset(ZoneOffset.UTC);
        Map<String, Long> dropped = new LinkedHashMap<>();
        asked(() ->
                sql.list(BooksSql.DROPPED.formatted(live), row -> dropped.put(row.getString(1), row.getLong(2)), from));
        return dropped;
    }

    /** Forgets everything. */
    @Override
    public void close() {
        done(() -> {
            connection.close();
        });
    }

    private static List<?> cells(AcceptedEvent event) {
        AcceptedEvent.Headers headers = event.event();
        return headers == null
                ? Arrays.asList(
                        event.partition(),
                        event.offset(),
                        event.acceptedAt(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        false)
                : Arrays.asList(
                        event.partition(),
                        event.offset(),
                        event.acceptedAt(),
                        headers.id(),
                        headers.type().wireName(),
                        headers.target().wireName(),
                        StoredTable.storable(headers.subject()),
                        headers.time(),
                        headers.point(),
                        event.forPostgres(),
                        event.forQdrant());
    }

    private OffsetDateTime keptFrom(String table) {
        Duration kept = config.keeping().retention().get(table);
        return kept == null
                ? OffsetDateTime.MIN
                : clock.instant()
                        .minus(kept)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .atStartOfDay()
                        .atOffset(ZoneOffset.UTC);
    }

    private static Account account(ResultSet row) throws SQLException {
        OffsetDateTime minute = row.getObject("minute", OffsetDateTime.class);
        return new Account(
                row.getString("type"),
                minute == null ? null : minute.toInstant(),
                row.getLong("accepted"),
                row.getLong("stored"),
                row.getLong("superseded"),
                row.getLong("repeated"),
                row.getLong("dead"),
                row.getLong("waits"),
                row.getLong("discarded"),
                row.getLong("forgotten"),
                row.getLong("expired"),
                row.getLong("unrouted"),
                row.getLong("missing"));
    }

    private static Unexplained unexplained(ResultSet row) throws SQLException {
        UUID id = row.getObject("event_id", UUID.class);
        return new Unexplained(
                row.getInt("partition"),
                row.getLong("record_offset"),
                id == null ? null : id.toString(),
                row.getString("type"),
                row.getString("missing_in"));
    }

    private <T> void copy(String table, List<T> items, Function<T, List<?>> cells) {
        done(() -> {
            CopyLines.copy(connection, table, items, cells);
        });
    }

    private static void done(Deed deed) {
        Object unused = asked(() -> {
            deed.run();
            return deed;
        });
    }

    private static <T> T asked(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL cannot keep the books: " + e.getMessage(), e);
        }
    }
}
