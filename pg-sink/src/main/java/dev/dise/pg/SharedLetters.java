package dev.dise.pg;

import dev.dise.runtime.sink.Partition;
import dev.dise.runtime.sink.Refusals;
import dev.dise.runtime.sink.Rejection;
import dev.dise.runtime.sink.SourceRecord;
import dev.dise.runtime.sink.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one dead letter of a record, however many generations refuse it: who comes first notes it in the transaction that
 * moves its place, and who comes later finds the note. So it does not matter which generation is live at the moment, and a
 * switch neither loses a letter nor doubles one. Used by one worker's thread.
 */
final class SharedLetters implements Refusals {
    private static final String NOTE = "INSERT INTO dise.lettered (topic, partition, record_offset)"
            + " SELECT * FROM unnest(?::text[], ?::integer[], ?::bigint[])"
            + " ON CONFLICT DO NOTHING RETURNING topic, partition, record_offset";
    /** Two workers that note the same records do so in the same order: one waits for the other, and never both. */
    private static final Comparator<Rejection> ORDER = Comparator.comparing(
                    (Rejection rejection) -> rejection.record().partition())
            .thenComparingLong(rejection -> rejection.record().offset());

    private final Refusals letters;
    private @Nullable Connection transaction;

    private record Place(Partition partition, long offset) {}

    SharedLetters(Refusals letters) {
        this.letters = letters;
    }

    /** What is refused from now on belongs to this transaction; to none if it is null. */
    void within(@Nullable Connection connection) {
        transaction = connection;
    }

    @Override
    public void accept(List<Rejection> rejections) throws StoreUnavailableException {
        Connection connection = transaction;
        if (connection == null || rejections.isEmpty()) {
            letters.accept(rejections);
            return;
        }
        try {
            letters.accept(note(connection, rejections.stream().sorted(ORDER).toList()));
        } catch (SQLException e) {
            throw PgSink.sorted(e);
        }
    }

    /** Those that nobody has noted before. */
    private static List<Rejection> note(Connection connection, List<Rejection> rejections) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            List<SourceRecord> records =
                    rejections.stream().map(Rejection::record).toList();
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            records.stream()
                                    .map(record -> record.partition().topic())
                                    .toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "integer",
                            records.stream()
                                    .map(record -> record.partition().number())
                                    .toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", records.stream().map(SourceRecord::offset).toArray()));
            Set<Place> noted = places(statement);
            return rejections.stream()
                    .filter(rejection -> noted.contains(new Place(
                            rejection.record().partition(), rejection.record().offset())))
                    .toList();
        }
    }

    private static Set<Place> places(PreparedStatement statement) throws SQLException {
        Set<Place> places = new HashSet<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                places.add(new Place(new Partition(row.getString(1), row.getInt(2)), row.getLong(3)));
            }
        }
        return places;
    }
}
