package dev.dise.pg.archive;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file whose rows have left their table.
 *
 * @param day the day whose rows it has, or {@code rest} for rows of days that had no partition
 * @param bytes of the file, compressed
 * @param keptUntil until when its rows are in the table again; null if nobody has restored them
 */
public record ArchivedFile(
        String table,
        String day,
        String file,
        long rows,
        Instant firstTime,
        Instant lastTime,
        long bytes,
        String sha256,
        Instant archivedAt,
        @Nullable Instant keptUntil) {}
