package dev.dise.pg.archive;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a slice holds at one moment. Rows are added and removed but never changed, so equal contents are the same rows.
 *
 * @param ids the sum of hashes of the event ids
 * @param firstTime null if there is no row
 */
record Contents(
        long rows,
        BigDecimal ids,
        @Nullable Instant firstTime,
        @Nullable Instant lastTime) {
    private static final String LOOK =
            "SELECT count(*), coalesce(sum(uuid_hash_extended(event_id, 0)), 0), min(event_time), max(event_time) FROM ";

    static Contents of(Session session, Slice slice) throws SQLException {
        return session.one(
                LOOK + slice.rows(),
                row -> new Contents(row.getLong(1), row.getBigDecimal(2), instant(row, 3), instant(row, 4)));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
